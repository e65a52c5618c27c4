# Reference values for a series run forward (evidence.methods.reach), in base R alone.
#
#   line    share 0: a straight line with noise; lm, predict(interval = "prediction"), one month ahead and six
#   walk    share 1: a random walk with drift; mean and standard error of diff(y), by hand
#   middle  share 0.3: local level with drift is an ARIMA(0,1,1) with a drift regressor and theta from the share
#           (A. Harvey 1989, section 2.4.1); arima(), exact likelihood, theta fixed: forecasts and drift
#
# Rscript make_goal_reference.R > goal.csv

y <- c(5.06, 4.79, 4.81, 4.69, 4.86, 4.75, 4.79, 4.95, 4.85, 4.92, 5.24, 5.11, 5.11, 4.64, 4.91, 4.72, 4.73, 4.88)
n <- length(y); t <- 1:n
cat("case,ahead,mean,low80,high80,drift\n")

fit <- lm(y ~ t)
for (h in c(1, 6)) {
  p <- predict(fit, data.frame(t = n + h), interval = "prediction", level = 0.8)
  cat(sprintf("line,%d,%.10f,%.10f,%.10f,%.10f\n", h, p[1], p[2], p[3], coef(fit)[2]))
}

d <- diff(y); m <- mean(d); s <- sd(d)
for (h in c(1, 6)) {
  mean <- y[n] + h * m
  half <- qt(0.9, n - 2) * s * sqrt(h + h^2 / (n - 1))
  cat(sprintf("walk,%d,%.10f,%.10f,%.10f,%.10f\n", h, mean, mean - half, mean + half, m))
}

w <- 0.3; q <- w / (1 - w)
theta <- (sqrt(q^2 + 4 * q) - 2 - q) / 2
fit <- arima(y, order = c(0, 1, 1), xreg = t, fixed = c(theta, NA), transform.pars = FALSE, method = "ML")
for (h in c(1, 6)) {
  p <- predict(fit, n.ahead = h, newxreg = n + (1:h))
  cat(sprintf("middle,%d,%.10f,NA,NA,%.10f\n", h, p$pred[h], coef(fit)[2]))
}
