-- Real rows: how often each rule of data_quality finds something. docs/operations.md has the table; a rule that finds more than it did is a change to look at.
CREATE TEMP TABLE found AS
SELECT r.rule, r.severity, count(d.rule) AS findings FROM dynasty.data_quality_rules r LEFT JOIN dynasty.data_quality d USING (rule) GROUP BY 1, 2;
INSERT INTO verdicts
SELECT 'few errors', sum(findings) BETWEEN 0 AND 20, format('%s findings of severity error', sum(findings)) FROM found WHERE severity = 'error'
UNION ALL
-- Nothing is loaded twice: what is left are doubleheaders with two lines alike.
SELECT 'few doubles', sum(findings) BETWEEN 1 AND 30, string_agg(format('%s %s', findings, rule), ', ' ORDER BY rule) FROM found WHERE rule IN ('duplicate_game', 'two_levels_one_day')
UNION ALL
SELECT 'no rule cries wolf', sum(findings) = 0, string_agg(format('%s %s', findings, rule), ', ' ORDER BY rule)
FROM found WHERE rule IN ('grade_present_over_future', 'shares_off_scale', 'duplicate_prospect', 'same_name_two_ids', 'implausible_age');
-- An advanced row at a hundredth is found: every one that has the three shares.
BEGIN;
UPDATE dynasty.milb_advanced_stats SET gb_percent = gb_percent / 100, ld_percent = ld_percent / 100, fb_percent = fb_percent / 100;
SELECT count(*) FILTER (WHERE d.row_id IS NOT NULL) AS found, count(*) AS rows FROM dynasty.milb_advanced_stats a
LEFT JOIN dynasty.data_quality d ON d.rule = 'shares_off_scale' AND d.row_id = a.id WHERE a.gb_percent + a.ld_percent + a.fb_percent > 0 \gset
ROLLBACK;
INSERT INTO verdicts SELECT 'shares at a hundredth are found', :rows > 1000 AND :found = :rows, format('%s of %s', :found, :rows);
SELECT rule AS "Rule", findings AS "Findings" FROM found WHERE findings > 0 ORDER BY findings DESC, rule;
