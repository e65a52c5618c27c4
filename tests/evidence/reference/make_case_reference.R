# Business cases by cash flows, written out year by year: run in this folder with Rscript (base R 4.2.2).
# Money of a year falls at its end, the one-off cost today; break-evens by root search, not by formula.
set.seed(7)
n <- 24
case <- data.frame(
  reach = round(runif(n, 500, 90000)), moved_share = round(runif(n, 0.02, 0.4), 3), gain = round(runif(n, 15, 240), 2),
  worth = 1, causal_share = round(runif(n, 0.15, 0.95), 3), one_off = round(runif(n, 0, 400000), 2),
  running = round(runif(n, 0, 90000), 2), horizon_years = sample(c(0.5, 1, 1.75, 2, 3, 4.25, 7), n, TRUE),
  discount_rate = round(runif(n, 0, 0.2), 3), worse_off = round(runif(n, 200, 20000)),
  drift = round(runif(n, -0.3, 0.3), 3), leaving = round(runif(n, 0, 0.4), 3))
shares <- 1:n %% 3 == 0
case$gain[shares] <- round(runif(sum(shares), 0.005, 0.15), 4)
case$worth[shares] <- round(runif(sum(shares), 200, 2500), 2)

parts <- function(h) { k <- seq_len(ceiling(h)); pmin(1, h - (k - 1)) }
npv <- function(cash, rate) sum(cash / (1 + rate)^(seq_along(cash) - 1))
flows <- function(x, causal = x$causal_share, moved = x$moved_share) {
  part <- parts(x$horizon_years)
  c(-x$one_off, part * (x$reach * moved * x$gain * x$worth * causal - x$running)) }
lost <- function(x) {
  part <- parts(x$horizon_years); left <- x$worse_off; out <- 0
  for (k in seq_along(part)) {
    still <- left * max(0, 1 + x$drift * (k - 1))
    out <- c(out, -part[k] * still * x$gain * x$worth * x$causal_share)
    left <- left * (1 - x$leaving) }
  npv(out, x$discount_rate) }
root <- function(f) tryCatch(uniroot(f, c(0, 1), tol = 1e-13)$root, error = function(e) NA)
payback <- function(x) {
  a_month <- (x$reach * x$moved_share * x$gain * x$worth * x$causal_share - x$running) / 12
  months <- if (a_month > 0) x$one_off / a_month else Inf
  if (months <= 12 * x$horizon_years) months else NA }

for (i in seq_len(n)) {
  x <- case[i, ]
  case$upside[i] <- npv(flows(x), x$discount_rate)
  case$inaction[i] <- lost(x)
  case$break_even[i] <- root(function(s) npv(flows(x, causal = s), x$discount_rate))
  case$break_even_moved[i] <- root(function(s) npv(flows(x, moved = s), x$discount_rate))
  case$payback_months[i] <- payback(x) }
write.csv(format(case, digits = 15, trim = TRUE, scientific = FALSE), "case.csv", row.names = FALSE, quote = FALSE)
