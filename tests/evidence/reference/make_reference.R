# Outside reference numbers for tests/evidence, made by R 4.2.2 with survival 3.5-3 and survey 4.1-1 (Debian).
# Run in this folder: Rscript make_reference.R
# Inputs: swiss, attitude (R datasets), lung (survival), apiclus1 (survey), rossi (lifelines 0.30.3, MIT).
# The LMG and Genizi values in test_drivers.py were printed by relaimpo 2.2-7.
suppressMessages({library(survival); library(survey)})
options(digits = 15)
out <- function(d, name) write.csv(format(d, digits = 15, trim = TRUE), name, row.names = FALSE, quote = FALSE)

lung <- read.csv("lung.csv"); rossi <- read.csv("rossi.csv")
curve <- function(fit, group) { s <- summary(fit, censored = TRUE)
  data.frame(group = group, time = s$time, at_risk = s$n.risk, events = s$n.event, survival = s$surv,
             error = s$std.err, low = s$lower, high = s$upper) }
fits <- function(kind) rbind(
  curve(survfit(Surv(time, status) ~ 1, lung, conf.type = kind), "lung"),
  curve(survfit(Surv(time, status) ~ 1, subset(lung, sex == 1), conf.type = kind), "lung 1"),
  curve(survfit(Surv(time, status) ~ 1, subset(lung, sex == 2), conf.type = kind), "lung 2"),
  curve(survfit(Surv(week, arrest) ~ 1, rossi, conf.type = kind), "rossi"),
  curve(survfit(Surv(week, arrest) ~ 1, subset(rossi, fin == 0), conf.type = kind), "rossi 0"),
  curve(survfit(Surv(week, arrest) ~ 1, subset(rossi, fin == 1), conf.type = kind), "rossi 1"))
log_log <- fits("log-log"); plain_log <- fits("log")
out(cbind(log_log, log_low = plain_log$low, log_high = plain_log$high), "survival.csv")

restricted <- function(fit, group, horizon) { t <- summary(fit, rmean = horizon)$table
  data.frame(group = group, horizon = horizon, mean = t[["rmean"]], error = t[["se(rmean)"]]) }
out(rbind(
  restricted(survfit(Surv(time, status) ~ 1, lung), "lung", 365),
  restricted(survfit(Surv(time, status) ~ 1, lung), "lung", 500),
  restricted(survfit(Surv(time, status) ~ 1, subset(lung, sex == 1)), "lung 1", 365),
  restricted(survfit(Surv(time, status) ~ 1, subset(lung, sex == 2)), "lung 2", 365),
  restricted(survfit(Surv(week, arrest) ~ 1, rossi), "rossi", 52),
  restricted(survfit(Surv(week, arrest) ~ 1, subset(rossi, fin == 0)), "rossi 0", 52),
  restricted(survfit(Surv(week, arrest) ~ 1, subset(rossi, fin == 1)), "rossi 1", 52)), "restricted_mean.csv")

api <- read.csv("apiclus1.csv", colClasses = c(cds = "character"))
stype <- data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018))
wide <- data.frame(sch.wide = c("No", "Yes"), Freq = c(1072, 5122))
tight <- list(maxit = 200, epsilon = 1e-12)
design <- svydesign(id = ~dnum, weights = ~pw, data = api)
raked <- rake(design, list(~stype, ~sch.wide), list(stype, wide), control = tight)
w <- weights(raked)
cells <- aggregate(w, list(stype = api$stype, sch.wide = api$sch.wide), mean)
names(cells)[3] <- "weight"
out(cells, "raked_weights.csv")
jack <- rake(as.svrepdesign(design, type = "JK1"), list(~stype, ~sch.wide), list(stype, wide), control = tight)
m <- svymean(~api00, jack)
out(data.frame(mean = coef(svymean(~api00, raked)), total_enroll = coef(svytotal(~enroll, raked)),
               jackknife_error = SE(m)[1], kish = length(w) * sum(w^2) / sum(w)^2), "raked_mean.csv")

# LMG by fitting every subset on rows, weighted and not: independent of any formula on cross-products.
lmg_rows <- function(d, y, w = rep(1, nrow(d))) { x <- setdiff(names(d), y); p <- length(x); d$.w <- w
  r2 <- function(v) if (length(v) == 0) 0 else summary(lm(reformulate(v, y), d, weights = .w))$r.squared
  sapply(x, function(j) { rest <- setdiff(x, j); s <- 0
    for (k in 0:(p - 1)) for (v in if (k == 0) list(character(0)) else combn(rest, k, simplify = FALSE))
      s <- s + factorial(k) * factorial(p - 1 - k) / factorial(p) * (r2(c(v, j)) - r2(v))
    s }) }
swiss <- read.csv("swiss.csv")[-1]; attitude <- read.csv("attitude.csv")
w <- 1 + (seq_len(nrow(swiss)) %% 4)
out(rbind(data.frame(data = "swiss", driver = names(swiss)[-1], share = lmg_rows(swiss, "Fertility")),
          data.frame(data = "attitude", driver = names(attitude)[-1], share = lmg_rows(attitude, "rating")),
          data.frame(data = "swiss weighted", driver = names(swiss)[-1], share = lmg_rows(swiss, "Fertility", w))),
    "lmg.csv")

# Laney's p' chart, straight from the formula of Laney (2002), on a series with more spread than binomial.
set.seed(20); n <- 400 + 37 * (1:20 %% 5); r <- rbinom(20, n, plogis(-1.4 + rnorm(20, sd = 0.25)))
p <- r / n; centre <- sum(r) / sum(n); s <- sqrt(centre * (1 - centre) / n); z <- (p - centre) / s
sigma <- mean(abs(diff(z))) / 1.128
out(data.frame(events = r, n = n, centre = centre, sigma_z = sigma, low = pmax(0, centre - 3 * s * sigma),
               high = pmin(1, centre + 3 * s * sigma), p_low = pmax(0, centre - 3 * s), p_high = pmin(1, centre + 3 * s)),
    "laney.csv")
