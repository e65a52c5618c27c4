-- Written and parsed by sqlglot; not executed.

-- spend
WITH `raw0` AS (
  SELECT
    `customer` AS `c0`,
    `stars` AS `c1`,
    `ease` AS `c2`,
    `speed` AS `c3`,
    `at` AS `c4`,
    `place` AS `c5`,
    CAST(NULL AS BIGINT) AS `row`
  FROM `data/answers.parquet`
), `file0` AS (
  SELECT
    `row`,
    CAST(CASE
      WHEN (
        CASE WHEN NOT TRIM(`c0`) IN ('', '99') THEN `c0` END
      ) IS NULL
      THEN 1
      WHEN NOT (
        CAST(CASE WHEN NOT `c1` IN (99) THEN `c1` END AS STRING)
      ) IS NULL
      AND (
        TRY_CAST(CASE WHEN NOT `c1` IN (99) THEN `c1` END AS DOUBLE)
      ) IS NULL
      THEN 2
      WHEN NOT TRY_CAST(CASE WHEN NOT `c1` IN (99) THEN `c1` END AS DOUBLE) BETWEEN 1 AND 5
      THEN 3
      WHEN NOT (
        CAST(CASE WHEN NOT `c2` IN (99) THEN `c2` END AS STRING)
      ) IS NULL
      AND (
        TRY_CAST(CASE WHEN NOT `c2` IN (99) THEN `c2` END AS DOUBLE)
      ) IS NULL
      THEN 4
      WHEN NOT TRY_CAST(CASE WHEN NOT `c2` IN (99) THEN `c2` END AS DOUBLE) BETWEEN 1 AND 5
      THEN 5
      WHEN NOT (
        CAST(CASE WHEN NOT `c3` IN (99) THEN `c3` END AS STRING)
      ) IS NULL
      AND (
        TRY_CAST(CASE WHEN NOT `c3` IN (99) THEN `c3` END AS DOUBLE)
      ) IS NULL
      THEN 6
      WHEN (
        6 - TRY_CAST(CASE WHEN NOT `c1` IN (99) THEN `c1` END AS DOUBLE)
      ) IS NULL
      THEN -2
      ELSE 0
    END AS SMALLINT) AS `status`,
    CASE WHEN NOT TRIM(`c0`) IN ('', '99') THEN `c0` END AS `customer`,
    6 - TRY_CAST(CASE WHEN NOT `c1` IN (99) THEN `c1` END AS DOUBLE) AS `score`,
    CAST(`c4` AS TIMESTAMP_NTZ) AS `answered_at`,
    TRIM(CASE WHEN NOT TRIM(`c5`) IN ('', '99') THEN `c5` END) AS `touchpoint`,
    CAST(CASE WHEN NOT `c2` IN (99) THEN `c2` END AS TINYINT) AS `r0`,
    TRY_CAST(CASE WHEN NOT `c3` IN (99) THEN `c3` END AS DOUBLE) AS `r1`
  FROM `raw0`
), `raw1` AS (
  SELECT
    `the "id"` AS `c0`,
    `plan` AS `c1`,
    FROM_UTC_TIMESTAMP(CAST(`joined` AS TIMESTAMP), 'UTC') AS `c2`,
    `gone` AS `c3`,
    `seen_until` AS `c4`,
    `weight` AS `c5`,
    CAST(NULL AS BIGINT) AS `row`
  FROM `data/people.parquet`
), `file1` AS (
  SELECT
    `row`,
    CAST(CASE
      WHEN (
        CASE WHEN NOT TRIM(`c0`) IN ('') THEN `c0` END
      ) IS NULL
      THEN 1
      WHEN COALESCE(COALESCE(TRY_CAST(`c5` AS DECIMAL(18, 6)), NULL), 0) <= 0
      THEN 2
      WHEN (
        CAST(`c3` AS TIMESTAMP_NTZ)
      ) < (
        CAST(`c2` AS TIMESTAMP_NTZ)
      )
      THEN 3
      ELSE 0
    END AS SMALLINT) AS `status`,
    CASE WHEN NOT TRIM(`c0`) IN ('') THEN `c0` END AS `customer`,
    CAST(`c2` AS TIMESTAMP_NTZ) AS `started`,
    CAST(`c3` AS TIMESTAMP_NTZ) AS `ended`,
    CAST(`c4` AS TIMESTAMP_NTZ) AS `observed_until`,
    TRIM(CASE WHEN NOT TRIM(`c1`) IN ('') THEN `c1` END) AS `s0`,
    CASE
      WHEN CAST(`c3` AS TIMESTAMP_NTZ) > CAST(`c2` AS TIMESTAMP_NTZ)
      THEN 'yes'
      WHEN CAST(`c3` AS TIMESTAMP_NTZ) <= CAST(`c2` AS TIMESTAMP_NTZ)
      THEN 'no'
    END AS `s1`,
    COALESCE(TRY_CAST(`c5` AS DECIMAL(18, 6)), NULL) AS `weight`
  FROM `raw1`
), `raw2` AS (
  SELECT
    `customer` AS `c0`,
    `day` AS `c1`,
    `paid` AS `c2`,
    CAST(NULL AS BIGINT) AS `row`
  FROM `data/orders.parquet`
), `file2` AS (
  SELECT
    `row`,
    CAST(CASE
      WHEN (
        CASE WHEN NOT TRIM(`c0`) IN ('') THEN `c0` END
      ) IS NULL
      THEN 1
      WHEN (
        `c2`
      ) IS NULL
      THEN 2
      WHEN NOT (
        CAST(`c2` AS STRING)
      ) IS NULL
      AND (
        TRY_CAST(`c2` AS DECIMAL(18, 4))
      ) IS NULL
      THEN 3
      WHEN NOT (
        TRY_CAST(`c2` AS DECIMAL(18, 4))
      ) BETWEEN 0.0 AND 8000000.0
      THEN 4
      ELSE 0
    END AS SMALLINT) AS `status`,
    CASE WHEN NOT TRIM(`c0`) IN ('') THEN `c0` END AS `customer`,
    TRY_CAST(`c2` AS DECIMAL(18, 4)) AS `amount`,
    CAST(`c1` AS TIMESTAMP_NTZ) AS `happened_at`
  FROM `raw2`
), `feedback` AS (
  SELECT
    *,
    CAST((
      16 * (
        LOCATE(SUBSTRING(MD5(`customer`), 1, 1), '0123456789abcdef') - 1
      ) + LOCATE(SUBSTRING(MD5(`customer`), 2, 1), '0123456789abcdef') - 1
    ) % 64 AS TINYINT) AS `bucket`
  FROM (
    SELECT
      0 AS `file`,
      `row`,
      `customer` AS `customer`,
      `score` AS `score`,
      `answered_at` AS `answered_at`,
      `touchpoint` AS `touchpoint`,
      `r0` AS `r0`,
      `r1` AS `r1`
    FROM `file0`
  ) AS `q0`
), `customers` AS (
  SELECT
    *,
    CAST((
      16 * (
        LOCATE(SUBSTRING(MD5(`customer`), 1, 1), '0123456789abcdef') - 1
      ) + LOCATE(SUBSTRING(MD5(`customer`), 2, 1), '0123456789abcdef') - 1
    ) % 64 AS TINYINT) AS `bucket`
  FROM (
    SELECT
      `customer` AS `customer`,
      `started` AS `started`,
      `ended` AS `ended`,
      `observed_until` AS `observed_until`,
      `s0` AS `s0`,
      `s1` AS `s1`,
      `weight` AS `weight`
    FROM `file1`
  ) AS `q0`
), `transactions` AS (
  SELECT
    *,
    CAST((
      16 * (
        LOCATE(SUBSTRING(MD5(`customer`), 1, 1), '0123456789abcdef') - 1
      ) + LOCATE(SUBSTRING(MD5(`customer`), 2, 1), '0123456789abcdef') - 1
    ) % 64 AS TINYINT) AS `bucket`
  FROM (
    SELECT
      0 AS `file`,
      `row`,
      `customer` AS `customer`,
      `amount` AS `amount`,
      `happened_at` AS `happened_at`
    FROM `file2`
  ) AS `q0`
), `base` AS (
  SELECT
    `c`.`bucket`,
    `c`.`customer`,
    `c`.`started`,
    `c`.`ended`,
    `c`.`observed_until`,
    `c`.`s0`,
    `c`.`s1`,
    `c`.`weight`,
    `a`.`score`,
    `a`.`answered_at`,
    `a`.`touchpoint`,
    `a`.`r0`,
    `a`.`r1`,
    (
      `c`.`observed_until` IS NULL
      OR `c`.`observed_until` >= CAST('2025-09-27 00:00:00' AS TIMESTAMP_NTZ)
      OR CAST(CASE
        WHEN `c`.`ended` < CAST('2025-09-28 00:00:00' AS TIMESTAMP_NTZ)
        THEN 1
        ELSE 0
      END AS TINYINT) = 1
    ) AS `is_whole`,
    CAST(CASE
      WHEN `c`.`ended` < CAST('2025-09-28 00:00:00' AS TIMESTAMP_NTZ)
      THEN 1
      ELSE 0
    END AS TINYINT) AS `did_leave`,
    COALESCE(`t`.`spend`, 0) AS `spend`,
    COALESCE(`t`.`prior_spend`, 0) AS `prior_spend`,
    CAST(CASE
      WHEN CASE
        WHEN `c`.`ended` IS NULL OR `c`.`observed_until` < `c`.`ended`
        THEN `c`.`observed_until`
        ELSE `c`.`ended`
      END IS NULL
      OR CASE
        WHEN `c`.`ended` IS NULL OR `c`.`observed_until` < `c`.`ended`
        THEN `c`.`observed_until`
        ELSE `c`.`ended`
      END >= CAST('2025-09-28 00:00:00' AS TIMESTAMP_NTZ)
      THEN 7
      ELSE (
        EXTRACT(YEAR FROM CASE
          WHEN `c`.`ended` IS NULL OR `c`.`observed_until` < `c`.`ended`
          THEN `c`.`observed_until`
          ELSE `c`.`ended`
        END) - 2025
      ) * 12 + EXTRACT(MONTH FROM CASE
        WHEN `c`.`ended` IS NULL OR `c`.`observed_until` < `c`.`ended`
        THEN `c`.`observed_until`
        ELSE `c`.`ended`
      END) - 2 - CASE
        WHEN EXTRACT(DAY FROM CASE
          WHEN `c`.`ended` IS NULL OR `c`.`observed_until` < `c`.`ended`
          THEN `c`.`observed_until`
          ELSE `c`.`ended`
        END) < 28
        THEN 1
        ELSE 0
      END
    END AS SMALLINT) AS `month`
  FROM `customers` AS `c`
  LEFT JOIN (
    SELECT
      `customer`,
      `score`,
      `answered_at`,
      `touchpoint`,
      `r0`,
      `r1`
    FROM (
      SELECT
        *,
        ROW_NUMBER() OVER (
          PARTITION BY `customer`
          ORDER BY `answered_at` DESC, `file` DESC, `row` DESC, `score` DESC, `touchpoint` DESC
        ) AS `place`
      FROM `feedback`
      WHERE
        `answered_at` < CAST('2025-02-28 00:00:00' AS TIMESTAMP_NTZ)
    ) AS `q2`
    WHERE
      `place` = 1
  ) AS `a`
    ON `a`.`customer` = `c`.`customer`
  LEFT JOIN (
    SELECT
      `customer`,
      CAST(SUM(
        CASE
          WHEN `happened_at` >= CAST('2025-02-28 00:00:00' AS TIMESTAMP_NTZ)
          AND `happened_at` < CAST('2025-09-28 00:00:00' AS TIMESTAMP_NTZ)
          THEN `amount`
        END
      ) AS DECIMAL(18, 4)) AS `spend`,
      CAST(SUM(
        CASE
          WHEN `happened_at` >= CAST('2025-01-28 00:00:00' AS TIMESTAMP_NTZ)
          AND `happened_at` < CAST('2025-02-28 00:00:00' AS TIMESTAMP_NTZ)
          THEN `amount`
        END
      ) AS DECIMAL(18, 4)) AS `prior_spend`
    FROM `transactions`
    GROUP BY
      `customer`
  ) AS `t`
    ON `t`.`customer` = `c`.`customer`
  WHERE
    (
      `c`.`started` IS NULL
      OR `c`.`started` < CAST('2025-02-28 00:00:00' AS TIMESTAMP_NTZ)
    )
    AND (
      `c`.`ended` IS NULL
      OR `c`.`ended` >= CAST('2025-02-28 00:00:00' AS TIMESTAMP_NTZ)
    )
)
SELECT
  CASE
    WHEN `b`.`prior_spend` IS NULL
    THEN NULL
    WHEN `b`.`prior_spend` <= 0
    THEN 'none'
    WHEN `b`.`prior_spend` < 64
    THEN 'below 64'
    WHEN `b`.`prior_spend` < 128
    THEN '64 to under 128'
    ELSE '128 and above'
  END AS `k0`,
  `b`.`s1` AS `k1`,
  `b`.`bucket` AS `k2`,
  COUNT(*) AS `n`,
  SUM(`b`.`weight`) AS `w`,
  SUM(CAST(`b`.`weight` AS DECIMAL(19, 6)) * `b`.`weight`) AS `ww`,
  SUM(`b`.`weight` * CAST(`b`.`spend` AS DECIMAL(19, 4))) AS `wy`,
  SUM(
    CAST(`b`.`weight` * CAST(`b`.`spend` AS DECIMAL(19, 4)) * CAST(`b`.`spend` AS DECIMAL(18, 4)) AS DECIMAL(38, 6))
  ) AS `wyy`
FROM (
  SELECT
    *
  FROM `base`
  WHERE
    `is_whole`
) AS `b`
GROUP BY
  1,
  2,
  3;

-- ratings
WITH `raw0` AS (
  SELECT
    `customer` AS `c0`,
    `stars` AS `c1`,
    `ease` AS `c2`,
    `speed` AS `c3`,
    `at` AS `c4`,
    `place` AS `c5`,
    CAST(NULL AS BIGINT) AS `row`
  FROM `data/answers.parquet`
), `file0` AS (
  SELECT
    `row`,
    CAST(CASE
      WHEN (
        CASE WHEN NOT TRIM(`c0`) IN ('', '99') THEN `c0` END
      ) IS NULL
      THEN 1
      WHEN NOT (
        CAST(CASE WHEN NOT `c1` IN (99) THEN `c1` END AS STRING)
      ) IS NULL
      AND (
        TRY_CAST(CASE WHEN NOT `c1` IN (99) THEN `c1` END AS DOUBLE)
      ) IS NULL
      THEN 2
      WHEN NOT TRY_CAST(CASE WHEN NOT `c1` IN (99) THEN `c1` END AS DOUBLE) BETWEEN 1 AND 5
      THEN 3
      WHEN NOT (
        CAST(CASE WHEN NOT `c2` IN (99) THEN `c2` END AS STRING)
      ) IS NULL
      AND (
        TRY_CAST(CASE WHEN NOT `c2` IN (99) THEN `c2` END AS DOUBLE)
      ) IS NULL
      THEN 4
      WHEN NOT TRY_CAST(CASE WHEN NOT `c2` IN (99) THEN `c2` END AS DOUBLE) BETWEEN 1 AND 5
      THEN 5
      WHEN NOT (
        CAST(CASE WHEN NOT `c3` IN (99) THEN `c3` END AS STRING)
      ) IS NULL
      AND (
        TRY_CAST(CASE WHEN NOT `c3` IN (99) THEN `c3` END AS DOUBLE)
      ) IS NULL
      THEN 6
      WHEN (
        6 - TRY_CAST(CASE WHEN NOT `c1` IN (99) THEN `c1` END AS DOUBLE)
      ) IS NULL
      THEN -2
      ELSE 0
    END AS SMALLINT) AS `status`,
    CASE WHEN NOT TRIM(`c0`) IN ('', '99') THEN `c0` END AS `customer`,
    6 - TRY_CAST(CASE WHEN NOT `c1` IN (99) THEN `c1` END AS DOUBLE) AS `score`,
    CAST(`c4` AS TIMESTAMP_NTZ) AS `answered_at`,
    TRIM(CASE WHEN NOT TRIM(`c5`) IN ('', '99') THEN `c5` END) AS `touchpoint`,
    CAST(CASE WHEN NOT `c2` IN (99) THEN `c2` END AS TINYINT) AS `r0`,
    TRY_CAST(CASE WHEN NOT `c3` IN (99) THEN `c3` END AS DOUBLE) AS `r1`
  FROM `raw0`
), `raw1` AS (
  SELECT
    `the "id"` AS `c0`,
    `plan` AS `c1`,
    FROM_UTC_TIMESTAMP(CAST(`joined` AS TIMESTAMP), 'UTC') AS `c2`,
    `gone` AS `c3`,
    `seen_until` AS `c4`,
    `weight` AS `c5`,
    CAST(NULL AS BIGINT) AS `row`
  FROM `data/people.parquet`
), `file1` AS (
  SELECT
    `row`,
    CAST(CASE
      WHEN (
        CASE WHEN NOT TRIM(`c0`) IN ('') THEN `c0` END
      ) IS NULL
      THEN 1
      WHEN COALESCE(COALESCE(TRY_CAST(`c5` AS DECIMAL(18, 6)), NULL), 0) <= 0
      THEN 2
      WHEN (
        CAST(`c3` AS TIMESTAMP_NTZ)
      ) < (
        CAST(`c2` AS TIMESTAMP_NTZ)
      )
      THEN 3
      ELSE 0
    END AS SMALLINT) AS `status`,
    CASE WHEN NOT TRIM(`c0`) IN ('') THEN `c0` END AS `customer`,
    CAST(`c2` AS TIMESTAMP_NTZ) AS `started`,
    CAST(`c3` AS TIMESTAMP_NTZ) AS `ended`,
    CAST(`c4` AS TIMESTAMP_NTZ) AS `observed_until`,
    TRIM(CASE WHEN NOT TRIM(`c1`) IN ('') THEN `c1` END) AS `s0`,
    CASE
      WHEN CAST(`c3` AS TIMESTAMP_NTZ) > CAST(`c2` AS TIMESTAMP_NTZ)
      THEN 'yes'
      WHEN CAST(`c3` AS TIMESTAMP_NTZ) <= CAST(`c2` AS TIMESTAMP_NTZ)
      THEN 'no'
    END AS `s1`,
    COALESCE(TRY_CAST(`c5` AS DECIMAL(18, 6)), NULL) AS `weight`
  FROM `raw1`
), `feedback` AS (
  SELECT
    *,
    CAST((
      16 * (
        LOCATE(SUBSTRING(MD5(`customer`), 1, 1), '0123456789abcdef') - 1
      ) + LOCATE(SUBSTRING(MD5(`customer`), 2, 1), '0123456789abcdef') - 1
    ) % 64 AS TINYINT) AS `bucket`
  FROM (
    SELECT
      0 AS `file`,
      `row`,
      `customer` AS `customer`,
      `score` AS `score`,
      `answered_at` AS `answered_at`,
      `touchpoint` AS `touchpoint`,
      `r0` AS `r0`,
      `r1` AS `r1`
    FROM `file0`
  ) AS `q0`
), `customers` AS (
  SELECT
    *,
    CAST((
      16 * (
        LOCATE(SUBSTRING(MD5(`customer`), 1, 1), '0123456789abcdef') - 1
      ) + LOCATE(SUBSTRING(MD5(`customer`), 2, 1), '0123456789abcdef') - 1
    ) % 64 AS TINYINT) AS `bucket`
  FROM (
    SELECT
      `customer` AS `customer`,
      `started` AS `started`,
      `ended` AS `ended`,
      `observed_until` AS `observed_until`,
      `s0` AS `s0`,
      `s1` AS `s1`,
      `weight` AS `weight`
    FROM `file1`
  ) AS `q0`
)
SELECT
  `bucket`,
  `pattern`,
  COUNT(*),
  SUM(CAST(`w` AS DECIMAL(38, 6))),
  SUM(CAST(CAST(`w` AS DECIMAL(19, 6)) * `w` AS DECIMAL(38, 6))),
  SUM(CAST(`w` * `v0` AS DECIMAL(38, 6))),
  SUM(CAST(`w` * `v1` AS DECIMAL(38, 6))),
  SUM(CAST(`w` * `v2` AS DECIMAL(38, 6))),
  SUM(CAST(`w` * `v0` * `v0` AS DECIMAL(38, 6))),
  SUM(CAST(`w` * `v0` * `v1` AS DECIMAL(38, 6))),
  SUM(CAST(`w` * `v0` * `v2` AS DECIMAL(38, 6))),
  SUM(CAST(`w` * `v1` * `v1` AS DECIMAL(38, 6))),
  SUM(CAST(`w` * `v1` * `v2` AS DECIMAL(38, 6))),
  SUM(CAST(`w` * `v2` * `v2` AS DECIMAL(38, 6)))
FROM (
  SELECT
    `f`.`bucket` AS `bucket`,
    CASE WHEN `f`.`r0` IS NULL THEN 1 ELSE 0 END + CASE WHEN `f`.`r1` IS NULL THEN 2 ELSE 0 END + CASE WHEN `f`.`score` IS NULL THEN 4 ELSE 0 END AS `pattern`,
    CAST(`c`.`weight` AS DECIMAL(18, 6)) AS `w`,
    CAST(COALESCE(`f`.`r0`, 0) AS INT) AS `v0`,
    CAST(COALESCE(`f`.`r1`, 0) AS DECIMAL(19, 4)) AS `v1`,
    CAST(COALESCE(`f`.`score`, 0) AS DECIMAL(19, 4)) AS `v2`
  FROM `feedback` AS `f`
  LEFT JOIN `customers` AS `c`
    ON `c`.`customer` = `f`.`customer`
  WHERE
    NOT `c`.`weight` IS NULL
) AS `rated`
GROUP BY
  1,
  2
ORDER BY
  1 NULLS LAST,
  2 NULLS LAST;

