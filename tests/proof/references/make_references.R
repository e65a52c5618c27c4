# Reference cases for tests/proof, by R 4.2.2 with survival 3.5-3 and survey 4.1-1 (Debian).
# Run in this folder: Rscript make_references.R
# Writes the rows (*.csv, read by the engine as any export is) and what R makes of them (cases.json).
# Every number here comes from rows, by another road than cells: lm, prop.test, survfit, svrep, loops over lm.
suppressMessages({library(survival); library(survey)})
options(digits = 17)
# The engine's bucket of a text id: the first two hexadecimal digits of its md5, modulo 64. By R's own md5sum.
buckets <- new.env()
bucket_of_one <- function(id) { key <- as.character(id); if (is.null(buckets[[key]])) { f <- tempfile(); writeChar(key, f, eos = NULL); buckets[[key]] <- strtoi(substr(tools::md5sum(f), 1, 2), 16L) %% 64; unlink(f) }; buckets[[key]] }
bucket_of <- function(id) vapply(id, bucket_of_one, 0)
cases <- list()
case <- function(id, how, call, ..., tol = 1e-9) cases[[length(cases) + 1]] <<- list(id = id, how = how, call = call, tol = tol, expected = list(...))

# ─── rows ────────────────────────────────────────────────────────────────────────────────────────────
set.seed(20261116)
n <- 420
customers <- data.frame(id = 5000 + sample(3000, n))
customers$plan <- sample(c("basic", "plus"), n, TRUE, c(0.6, 0.4))
customers$line <- sample(c("cable", "copper", "fibre"), n, TRUE)
customers$late <- ifelse(runif(n) < plogis(-0.6 + 0.9 * (customers$line == "copper")), "yes", "no")
customers$sort <- sample(c("a", "b"), n, TRUE, c(0.7, 0.3))
customers$weight <- ifelse(customers$sort == "a", 1.5, 4)
gone <- runif(n) < plogis(-1.9 + 0.9 * (customers$late == "yes") + 0.6 * (customers$line == "copper"))
customers$left <- ifelse(gone, "yes", "no")
customers$value <- round(exp(rnorm(n, 4 - 0.3 * (customers$late == "yes"), 0.5)), 2)
answers <- customers[rep(seq_len(n), 1 + rpois(n, 0.6)), c("id", "plan", "late")]
m <- nrow(answers)
own <- rnorm(9000); answers$score <- pmin(10, pmax(0, round(8 + own[answers$id] - 1.5 * (answers$late == "yes") + 1.6 * rnorm(m))))
answers$touch <- sample(c("bill", "delivery", "repair"), m, TRUE)
answers$day <- as.Date("2025-01-01") + sample(0:420, m, TRUE)
answers$r1 <- pmin(5, pmax(1, round(0.3 * answers$score + 1 + rnorm(m)))); answers$r2 <- pmin(5, pmax(1, round(0.2 * answers$score + 2 + rnorm(m)))); answers$r3 <- pmin(5, pmax(1, round(3 + 0.5 * (answers$r1 - 3) + rnorm(m))))
answers$r2[sample(m, 30)] <- NA
answers <- answers[sample(m), ]
write.csv(customers, "customers.csv", row.names = FALSE, quote = FALSE)
write.csv(answers[c("id", "score", "touch", "day", "r1", "r2", "r3")], "answers.csv", row.names = FALSE, quote = FALSE, na = "")
k <- 500
stays <- data.frame(id = 1:k, plan = sample(c("basic", "plus"), k, TRUE))
hazard <- ifelse(stays$plan == "plus", 0.03, 0.06)
stays$gone <- rgeom(k, hazard) + 1; stays$seen <- sample(4:24, k, TRUE)
stays$month <- pmin(stays$gone, stays$seen); stays$left <- as.integer(stays$gone <= stays$seen)
write.csv(stays[c("id", "plan", "month", "left")], "stays.csv", row.names = FALSE, quote = FALSE)

side_ci <- function(y) { n1 <- length(y); x1 <- sum(y); ci <- suppressWarnings(prop.test(x1, n1, conf.level = 2 * pnorm(qt(.975, n1 - 1)) - 1, correct = FALSE)$conf.int)
  c(min(ci[1], binom.test(x1, n1, alternative = "greater")$conf.int[1]), max(ci[2], binom.test(x1, n1, alternative = "less")$conf.int[2])) }

# ─── scores: means, jackknife errors, adjusted intervals ─────────────────────────────────────────────
band <- function(s) ifelse(s >= 9, 100, ifelse(s <= 6, -100, 0))
jk <- function(d, f) { b <- sort(unique(bucket_of(d$id))); t <- sapply(b, function(x) f(d[bucket_of(d$id) != x, , drop = FALSE])); G <- length(b); sqrt((G - 1) / G * sum((t - mean(t))^2)) }
groups <- list(all = rep(TRUE, m), bill = answers$touch == "bill", delivery = answers$touch == "delivery", repair = answers$touch == "repair")
for (g in names(groups)) { d <- answers[groups[[g]], ]; key <- if (g == "all") "all" else paste0("touchpoint.", g); G <- length(unique(bucket_of(d$id)))
  for (family in c("score", "nps")) { d$y <- if (family == "score") d$score else band(d$score)
    design <- as.svrepdesign(svydesign(ids = ~bucket_of(id), weights = ~rep(1, nrow(d)), data = d), type = "JK1")
    se <- as.numeric(SE(svymean(~y, design))); mean_y <- mean(d$y); v <- mean((d$y - mean_y)^2); n0 <- nrow(d)
    eff <- n0 / max(1, se^2 / (v / n0)); ends <- if (family == "score") c(0, 10) else c(-100, 0, 100); add <- if (family == "score") c(.5, .5) else c(.75, 1.5, .75)
    y <- c(d$y, ends); w <- c(rep(eff / n0, n0), add); centre <- weighted.mean(y, w); half <- qt(.975, G - 1) * sqrt(weighted.mean((y - centre)^2, w) / sum(w))
    case(paste0(family, ".", key), "mean; survey svymean on JK1; adjusted Wald on rows with pseudo-answers", "finding", key = paste0(family, ".", key), value = mean_y, low = max(min(ends), min(centre - half, mean_y)), high = min(max(ends), max(centre + half, mean_y)))
    case(paste0("jackknife.", family, ".", key), "survey svymean on an svrepdesign of type JK1, clusters = buckets", "score_error", key = key, family = family, error = se) } }
for (s in c(5, 6, 7, 8, 9, 10)) { d <- answers; d$y <- as.integer(d$score == s); se <- jk(d, function(x) mean(x$y)); p <- mean(d$y)
  eff <- m / max(1, se^2 / (p * (1 - p) / m)); conf <- 2 * pnorm(qt(.975, 63)) - 1
  ci <- suppressWarnings(prop.test(p * eff, eff, conf.level = conf, correct = FALSE)$conf.int)
  case(paste0("histogram.", s), "prop.test without correction at the t's confidence, n effective by jackknife loop", "finding", key = paste0("histogram.all.", s), value = p, low = ci[1], high = ci[2]) }

for (part in list(c(1, 40), c(2, 25), c(4, 300), c(37, 40), c(0, 55), c(150, 400))) { ci <- side_ci(rep(c(1, 0), c(part[1], part[2] - part[1])))
  case(paste0("share.", part[1], ".of.", part[2]), "prop.test without correction, no nearer than the one-sided limit of binom.test", "share", events = part[1], n = part[2], low = ci[1], high = ci[2]) }

# ─── weighted bands of customers ─────────────────────────────────────────────────────────────────────
last <- answers[order(answers$id, answers$day), ]
wd <- svydesign(ids = ~bucket_of(id), weights = ~weight, data = customers)
jw <- as.svrepdesign(wd, type = "JK1"); customers$gone <- as.integer(customers$left == "yes")
jw <- as.svrepdesign(svydesign(ids = ~bucket_of(id), weights = ~weight, data = customers), type = "JK1")
for (v in c("gone", "value")) { f <- as.formula(paste("~", v)); s <- svymean(f, jw); lin <- svymean(f, svydesign(ids = ~id, weights = ~weight, data = customers))
  case(paste0("weighted.", v), "survey svymean, JK1 on buckets; linearised on customers", "weighted_mean", outcome = v, value = as.numeric(coef(s)), error = as.numeric(SE(s)), linearised = as.numeric(SE(lin))) }

# ─── gaps: Newcombe, standardisation by saturated regression, jackknife by loop ──────────────────────
newcombe <- function(a, b) { ca <- side_ci(a); cb <- side_ci(b); d <- mean(a) - mean(b); c(d, d - sqrt((mean(a) - ca[1])^2 + (cb[2] - mean(b))^2), d + sqrt((ca[2] - mean(a))^2 + (mean(b) - cb[1])^2)) }
gcomp <- function(d, to = "base", ratio = FALSE, strata = "line", loss = TRUE) { d$s <- interaction(d[strata], drop = TRUE); d$x <- as.integer(d$late == "yes")
  fit <- lm(y ~ x * s, d, weights = d$w); on <- switch(to, base = d, exposed = d[d$x == 1, ], against = d[d$x == 0, ])
  p1 <- weighted.mean(predict(fit, transform(on, x = 1)), on$w); p0 <- weighted.mean(predict(fit, transform(on, x = 0)), on$w)
  if (ratio) log(p1 / p0) else p1 - p0 }
ipw <- function(d, strata) { d$s <- interaction(d[strata], drop = TRUE); d$x <- as.integer(d$late == "yes"); e <- fitted(glm(x ~ s, binomial, d, control = glm.control(epsilon = 1e-14, maxit = 100)))
  weighted.mean(d$y, d$x / e) - weighted.mean(d$y, (1 - d$x) / (1 - e)) }
e_value <- function(r) { r <- ifelse(r < 1, 1 / r, r); r + sqrt(r * (r - 1)) }
for (w in c(FALSE, TRUE)) for (v in c("left", "stayed", "value")) for (strata in list("line", c("line", "plan"))) {
  d <- customers; d$y <- switch(v, left = d$gone, stayed = 1 - d$gone, value = d$value); d$w <- if (w) d$weight else 1
  name <- paste0(v, ".by.", paste(strata, collapse = "."), if (w) ".weighted" else "")
  G <- length(unique(bucket_of(d$id))); t <- qt(.975, G - 1)
  for (to in c("base", "exposed", "against")) { if (to != "base" && (w || length(strata) == 2)) next
    g <- gcomp(d, to, strata = strata); se <- jk(d, function(x) gcomp(x, to, strata = strata))
    case(paste0("standardised.", to, ".", name), "predictions of lm(y ~ exposed * stratum) on rows; jackknife by refitting lm without each bucket", "standardised", outcome = v, strata = I(strata), weighted = w, to = to, value = g, low = g - t * se, high = g + t * se, error = se) }
  if (!w) case(paste0("ipw.", name), "inverse probability weights from a saturated logistic glm", "standardised", outcome = v, strata = I(strata), weighted = FALSE, to = "base", value = ipw(d, strata), tol = 1e-6)
  if (v != "value") { r <- gcomp(transform(d, y = d$gone), ratio = TRUE, strata = strata); se <- jk(transform(d, y = d$gone), function(x) gcomp(x, ratio = TRUE, strata = strata)); lim <- exp(r + c(-1, 1) * t * se)
    near <- if (lim[1] <= 1 && lim[2] >= 1) 1 else e_value(if (lim[1] > 1) lim[1] else lim[2])
    case(paste0("ratio.", name), "ratio of standardised risks from lm predictions; E-value by VanderWeele & Ding", "ratio", outcome = v, strata = I(strata), weighted = w, ratio = exp(r), log_error = se, e_value = e_value(exp(r)), e_limit = near) } }
for (part in c("all", "basic", "plus")) { d <- if (part == "all") customers else customers[customers$plan == part, ]
  x <- newcombe(d$gone[d$late == "yes"], d$gone[d$late == "no"])
  case(paste0("newcombe.", part), "prop.test on each side, limits squared and added (Newcombe 1998, method 10)", "crude", outcome = "left", plan = part, value = x[1], low = x[2], high = x[3])
  y <- mean(d$value[d$late == "yes"]) - mean(d$value[d$late == "no"]); se <- jk(d, function(z) mean(z$value[z$late == "yes"]) - mean(z$value[z$late == "no"])); G <- length(unique(bucket_of(d$id)))
  case(paste0("crude.value.", part), "difference of means, jackknife by loop over buckets", "crude", outcome = "value", plan = part, value = y, low = y - qt(.975, G - 1) * se, high = y + qt(.975, G - 1) * se) }

# ─── stays ───────────────────────────────────────────────────────────────────────────────────────────
for (g in c("all", "basic", "plus")) { d <- if (g == "all") stays else stays[stays$plan == g, ]
  fit <- survfit(Surv(month, left) ~ 1, d, conf.type = "log-log"); s <- summary(fit, times = c(3, 6, 12, 18))
  case(paste0("km.", g), "survival survfit, log-log limits", "curve", plan = g, months = I(c(3, 6, 12, 18)), staying = I(s$surv), error = I(s$std.err), low = I(s$lower), high = I(s$upper), at_risk = I(s$n.risk))
  for (h in c(6, 12)) { t <- summary(fit, rmean = h)$table; case(paste0("restricted.", g, ".", h), "survival survfit, rmean", "months", plan = g, horizon = h, mean = as.numeric(t[["rmean"]]), error = as.numeric(t[["se(rmean)"]])) } }

# ─── drivers ─────────────────────────────────────────────────────────────────────────────────────────
r2 <- function(d, v) if (length(v)) summary(lm(reformulate(v, "score"), d))$r.squared else 0
lmg <- function(d) { x <- c("r1", "r2", "r3"); sapply(x, function(j) { rest <- setdiff(x, j); (r2(d, j) - 0) / 3 + sum(sapply(rest, function(q) r2(d, c(j, q)) - r2(d, q))) / 6 + (r2(d, x) - r2(d, rest)) / 3 }) }
johnson <- function(d) { x <- scale(d[c("r1", "r2", "r3")]); e <- eigen(cor(x)); L <- e$vectors %*% diag(sqrt(e$values)) %*% t(e$vectors); z <- x %*% solve(L); b <- coef(lm(scale(d$score) ~ z))[-1]; as.numeric(L^2 %*% b^2) }
full <- na.omit(answers); share <- function(d) { v <- lmg(d); v / sum(v) }
case("lmg.rows", "lm on every subset of ratings, rows with all of them", "drivers", what = "variance", values = I(as.numeric(lmg(full))))
case("lmg.share", "the same, over R²", "drivers", what = "share", values = I(as.numeric(share(full))))
case("johnson.rows", "relative weights by regression on the nearest orthogonal variables, from rows", "drivers", what = "relative_weight", values = I(johnson(full) / sum(johnson(full))))
case("slopes.rows", "coef of lm with all ratings", "drivers", what = "slope", values = I(as.numeric(coef(lm(score ~ r1 + r2 + r3, full))[-1])))
case("explained.rows", "R² of lm with all ratings", "explained", value = r2(full, c("r1", "r2", "r3")))
case("slopes.error", "coef of lm refitted without each bucket", "driver_slopes", errors = I(sapply(c("r1", "r2", "r3"), function(j) jk(full, function(x) coef(lm(score ~ r1 + r2 + r3, x))[[j]]))))

# ─── raking ──────────────────────────────────────────────────────────────────────────────────────────
answers$line <- customers$line[match(answers$id, customers$id)]
plans <- data.frame(plan = c("basic", "plus"), Freq = c(700, 300)); lines <- data.frame(line = c("cable", "copper", "fibre"), Freq = c(250, 350, 400)); lates <- data.frame(late = c("no", "yes"), Freq = c(720, 280))
tight <- list(maxit = 1000, epsilon = 1e-13)
margins <- list(plan = plans, line = lines, late = lates)
for (fields in list("plan", c("plan", "line"), c("plan", "line", "late"))) { des <- svydesign(ids = ~bucket_of(id), weights = ~rep(1, m), data = answers)
  f <- lapply(fields, function(x) as.formula(paste("~", x)))
  r <- rake(des, f, unname(margins[fields]), control = tight); j <- rake(as.svrepdesign(des, type = "JK1"), f, unname(margins[fields]), control = tight); w <- weights(r)
  case(paste0("rake.", paste(fields, collapse = ".")), "survey rake, and its JK1 replicates raked anew", "rake", fields = I(fields), mean = as.numeric(coef(svymean(~score, r))), error = as.numeric(SE(svymean(~score, j))), design_effect = length(w) * sum(w^2) / sum(w)^2, tol = 1e-8) }
case("post.stratified", "survey postStratify on apiclus1 by stype: one margin raked is post-stratified (642.31 and 3,680,893)", "apiclus1", mean = 642.310, total = 3680893, tol = 1e-6)
api <- read.csv("../../evidence/reference/apiclus1.csv"); p <- postStratify(svydesign(id = ~dnum, weights = ~pw, data = api), ~stype, data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018)))
cases[[length(cases)]]$expected <- list(mean = as.numeric(coef(svymean(~api00, p))), total = as.numeric(coef(svytotal(~enroll, p)))); cases[[length(cases)]]$tol <- 1e-9

# ─── charts and trends ───────────────────────────────────────────────────────────────────────────────
xmr <- function(x) c(mean(x), mean(x) - 3 * mean(abs(diff(x))) / 1.128, mean(x) + 3 * mean(abs(diff(x))) / 1.128)
for (s in list(list("Nile", as.numeric(Nile)), list("LakeHuron", as.numeric(LakeHuron)), list("precip", as.numeric(precip)))) { v <- xmr(s[[2]]); case(paste0("xmr.", s[[1]]), "mean and 3/1.128 mean moving ranges of an R data set", "xmr", series = I(s[[2]]), centre = v[1], low = v[2], high = v[3], beyond = I(which(s[[2]] < v[2] | s[[2]] > v[3]) - 1)) }
warp <- aggregate(breaks ~ wool + tension, warpbreaks, sum)$breaks; hair <- apply(HairEyeColor, 1:2, sum)
titanic <- apply(Titanic, c(1, 2, 4), sum)
for (s in list(list("UCBAdmissions", as.numeric(apply(UCBAdmissions[1, , ], c(1, 2), sum)), as.numeric(apply(UCBAdmissions, c(2, 3), sum))), list("infert", as.numeric(tapply(infert$case, infert$age, sum))[3:12] + 6, as.numeric(table(infert$age))[3:12] + 20))) { e <- s[[2]]; nn <- s[[3]]; c0 <- sum(e) / sum(nn); d <- sqrt(c0 * (1 - c0) / nn)
  case(paste0("p.chart.", s[[1]]), "centre and three binomial deviations of counts from an R data set", "p_chart", events = I(e), n = I(nn), centre = c0, low = I(pmax(0, c0 - 3 * d)), high = I(pmin(1, c0 + 3 * d))) }
by_month <- aggregate(list(low = answers$score <= 6), list(month = format(answers$day, "%Y%m")), mean); counts <- table(format(answers$day, "%Y%m")); by_month <- by_month[counts[by_month$month] >= 20, ]
x <- as.integer(substr(by_month$month, 1, 4)) * 12 + as.integer(substr(by_month$month, 5, 6)); x <- x - max(x); fit <- lm(by_month$low ~ x); co <- summary(fit)$coefficients
g <- c(-12 * co[2, 1] / co[1, 1]^2, 12 / co[1, 1]); v <- sqrt(as.numeric(t(g) %*% vcov(fit) %*% g)) * qt(.975, nrow(by_month) - 2) / qnorm(.975)
case("drift", "lm of the monthly low shares, weights equal; error by the gradient of slope / end and vcov, widened by t over normal", "drift", a_year = 12 * co[2, 1] / co[1, 1], error = v, months = nrow(by_month))

# ─── E-values of the literature ──────────────────────────────────────────────────────────────────────
for (r in list(c(10.73, 8.02, 14.36), c(3.9, 1.8, 8.7), c(0.80, 0.71, 0.91))) case(paste0("e.value.", r[1]), "RR + sqrt(RR (RR - 1)), limit nearest to 1 (VanderWeele & Ding 2017)", "e_value", ratio = r[1], low = r[2], high = r[3], e = e_value(r[1]), limit = e_value(if (r[1] > 1) r[2] else r[3]))

# ─── written out ─────────────────────────────────────────────────────────────────────────────────────
json <- function(x) if (is.list(x)) paste0("{", paste0('"', names(x), '": ', vapply(x, json, ""), collapse = ", "), "}") else {
  one <- function(v) if (is.logical(v)) tolower(as.character(v)) else if (is.numeric(v)) format(v, digits = 17, trim = TRUE) else paste0('"', v, '"')
  parts <- vapply(unclass(x), one, ""); if (inherits(x, "AsIs") || length(x) != 1) paste0("[", paste(parts, collapse = ", "), "]") else parts }
writeLines(c("[", paste0(vapply(cases, function(one) paste0(" ", json(one)), ""), c(rep(",", length(cases) - 1), "")), "]"), "cases.json")
cat(length(cases), "cases\n")
