# Makes pilots.json: power, sample size, designs of clusters, split, intraclass correlation and CUPED by base R.
# Run in this folder: Rscript make_pilot_references.R   (R 4.2.2; no package beyond base R)
# Power functions of R are asked without `strict`; their roots are sought to 1e-13.
options(digits = 17); tol <- 1e-13; cases <- list()
case <- function(id, call, road, ..., expected, tol = 1e-9) cases[[length(cases) + 1]] <<- list(id = id, call = call, road = road, tol = tol, given = list(...), expected = expected)

# ─── two means ───────────────────────────────────────────────────────────────────────────────────────
for (d in list(c(20, 1, 1), c(50, .5, 1), c(200, 3, 25), c(1000, .1, 1), c(64, .5, 1), c(15, 2, 3)))
  case(paste("power.means", d[1], d[2], d[3]), "power_of_means", "power.t.test", n = d[1], effect = d[2], deviation = d[3], false_alarms = .05,
       expected = power.t.test(n = d[1], delta = d[2], sd = d[3])$power)
for (d in list(c(1, 1, .05, .9), c(.5, 1, .05, .8), c(3, 25, .01, .8), c(.02, 1, .05, .95), c(10, 12, .1, .9)))
  case(paste("customers.means", d[1], d[2], d[3], d[4]), "customers_for_means", "power.t.test, uniroot", effect = d[1], deviation = d[2], false_alarms = d[3], power = d[4], tol = 1e-6,
       expected = power.t.test(delta = d[1], sd = d[2], sig.level = d[3], power = d[4], tol = tol)$n)
for (d in list(c(20, 1, .8), c(400, 25, .9), c(5000, 3, .8)))
  case(paste("detectable.means", d[1], d[2], d[3]), "detectable_means", "power.t.test, uniroot", n = d[1], deviation = d[2], false_alarms = .05, power = d[3], tol = 1e-6,
       expected = power.t.test(n = d[1], sd = d[2], power = d[3], tol = tol)$delta)

# ─── two shares ──────────────────────────────────────────────────────────────────────────────────────
for (d in list(c(50, .5, .75), c(400, .1, .15), c(5000, .02, .03), c(30, .9, .6), c(1000, .3, .3)))
  case(paste("power.shares", d[1], d[2], d[3]), "power_of_shares", "power.prop.test", n = d[1], one = d[2], other = d[3], false_alarms = .05,
       expected = power.prop.test(n = d[1], p1 = d[2], p2 = d[3])$power)
for (d in list(c(.5, .75, .05, .9), c(.1, .12, .05, .8), c(.02, .015, .05, .8), c(.9, .93, .01, .95)))
  case(paste("customers.shares", d[1], d[2], d[3], d[4]), "customers_for_shares", "power.prop.test, uniroot", one = d[1], other = d[2], false_alarms = d[3], power = d[4], tol = 1e-6,
       expected = power.prop.test(p1 = d[1], p2 = d[2], sig.level = d[3], power = d[4], tol = tol)$n)
for (d in list(c(3841, .10, .8), c(500, .8, .9), c(100, .5, .8)))
  case(paste("detectable.share", d[1], d[2], d[3]), "detectable_share", "power.prop.test, uniroot", n = d[1], base = d[2], false_alarms = .05, power = d[3], tol = 1e-6,
       expected = power.prop.test(n = d[1], p1 = d[2], power = d[3], tol = tol)$p2)

# ─── clusters ────────────────────────────────────────────────────────────────────────────────────────
deff <- function(m, icc, cv) max(1, 1 + ((cv^2 + 1) * m - 1) * icc)
cluster_power <- function(k, m, d, s, icc, cv, a = .05) { n <- k * m / deff(m, icc, cv); pt(qt(1 - a / 2, 2 * (k - 1)), 2 * (k - 1), ncp = sqrt(n / 2) * d / s, lower.tail = FALSE) }
for (d in list(c(12, 30, .3, 1, .05, 0), c(8, 100, 2, 12, .02, .6), c(25, 20, .1, .45, .01, .3), c(6, 50, .4, 1, 0, .5))) {
  case(paste(c("power.clusters", d), collapse = " "), "power_of_clusters", "pt with a noncentrality from the design effect", clusters = d[1], size = d[2], effect = d[3], deviation = d[4], alike = d[5], variation = d[6], false_alarms = .05,
       expected = cluster_power(d[1], d[2], d[3], d[4], d[5], d[6]))
  case(paste(c("clusters.for", d), collapse = " "), "clusters_for", "the same, uniroot", size = d[2], effect = d[3], deviation = d[4], alike = d[5], variation = d[6], false_alarms = .05, power = .8, tol = 1e-6,
       expected = uniroot(function(k) cluster_power(k, d[2], d[3], d[4], d[5], d[6]) - .8, c(2, 1e5), tol = tol)$root) }
set.seed(20261122); k <- 14; sizes <- sample(5:40, k, TRUE); where <- rep(1:k, sizes)
y <- round(7 + rnorm(k)[where] * .6 + rnorm(length(where)) * 2, 3); a <- anova(lm(y ~ factor(where)))
m0 <- (sum(sizes) - sum(sizes^2) / sum(sizes)) / (k - 1); msb <- a[1, 3]; msw <- a[2, 3]
case("alikeness", "alikeness_of", "mean squares of anova(lm(y ~ cluster))", n = I(sizes), total = I(as.numeric(tapply(y, where, sum))), squares = I(as.numeric(tapply(y^2, where, sum))),
     expected = (msb - msw) / (msb + (m0 - 1) * msw))

# ─── split ───────────────────────────────────────────────────────────────────────────────────────────
for (d in list(list(c(5000, 5200), c(1, 1)), list(c(9000, 990), c(.9, .1)), list(c(330, 340, 410), c(1, 1, 1)), list(c(50, 50), c(.5, .5))))
  case(paste(c("split", d[[1]]), collapse = " "), "split_of", "chisq.test", counts = I(d[[1]]), planned = I(d[[2]]), expected = chisq.test(d[[1]], p = d[[2]] / sum(d[[2]]))$p.value)

# ─── difference, uplift, CUPED ───────────────────────────────────────────────────────────────────────
n <- 400; x <- round(rgamma(n, 2, .05), 2); side <- rbinom(n, 1, .45); y <- round(.7 * x + 4 * side + rnorm(n, 0, 12 + 6 * side), 2)
sums <- function(s) list(n = sum(side == s), total = sum(y[side == s]), squares = sum(y[side == s]^2), before = sum(x[side == s]), before_squares = sum(x[side == s]^2), products = sum((x * y)[side == s]))
flat <- function() { one <- sums(1); other <- sums(0); names(one) <- paste0("treated_", names(one)); names(other) <- paste0("others_", names(other)); c(one, other) }
welch <- function(v) { t <- t.test(v[side == 1], v[side == 0]); list(value = unname(diff(rev(t$estimate))), error = t$stderr, freedom = unname(t$parameter), low = t$conf.int[1], high = t$conf.int[2]) }
whole <- welch(y); theta <- coef(lm(y ~ side + x))[["x"]]; less <- welch(y - theta * x); cov_value <- coef(lm(y ~ side + x))[["side"]]
stopifnot(abs(cov_value - less$value) < 1e-9)
more <- function(id, call, road, expected) { given <- flat(); for (name in names(expected)) cases[[length(cases) + 1]] <<- list(id = paste(id, name), call = call, road = road, tol = 1e-9, given = c(given, list(what = name)), expected = expected[[name]]) }
more("difference", "difference", "t.test, unequal variances, on rows", whole)
more("cuped", "adjusted_difference", "slope of lm(y ~ side + x), then t.test of y - slope * x on rows", less)
more("slope", "slope_of", "coef(lm(y ~ side + x))", list(slope = theta))
r <- cor(residuals(lm(y ~ side)), residuals(lm(x ~ side)))
more("correlation", "correlation_of", "correlation of residuals of both on the side", list(correlation = r))

# ─── written out ─────────────────────────────────────────────────────────────────────────────────────
json <- function(x) if (is.list(x)) paste0("{", paste0('"', names(x), '": ', vapply(x, json, ""), collapse = ", "), "}") else {
  short <- function(v) { few <- format(v, digits = 15, trim = TRUE); if (as.numeric(few) == v) few else format(v, digits = 17, trim = TRUE) }
  one <- function(v) if (is.numeric(v)) short(v) else paste0('"', v, '"')
  parts <- vapply(unclass(x), one, ""); if (inherits(x, "AsIs") || length(x) != 1) paste0("[", paste(parts, collapse = ", "), "]") else parts }
writeLines(c("[", paste0(vapply(cases, function(one) paste0(" ", json(one)), ""), c(rep(",", length(cases) - 1), "")), "]"), "pilots.json")
cat(length(cases), "cases\n")
