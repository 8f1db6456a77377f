-- Who was in the campaign "Engineers we met, summer", and what came of it. In SQL: two
-- messages of three dozen people are two hundred rows, which XML would hide.
WITH names AS (
    SELECT name, res_id FROM ir_model_data
     WHERE module = 'recruit_campaigns' AND name LIKE 'recruit_campaign_%summer%_demo'
), campaign AS (
    SELECT c.* FROM recruit_campaign c
      JOIN names ON names.res_id = c.id AND names.name = 'recruit_campaign_summer_demo'
), who AS (
    SELECT p.id, ROW_NUMBER() OVER (ORDER BY d.name) AS place
      FROM ir_model_data d JOIN recruit_candidate p ON p.id = d.res_id AND p.active
     WHERE d.module = 'recruit_crm' AND d.name LIKE 'recruit_candidate_%_demo'
       AND d.model = 'recruit.candidate' AND p.email IS NOT NULL
), enrollment AS (
    INSERT INTO recruit_campaign_enrollment (campaign_id, candidate_id, company_id, round,
           origin, state, exit_reason, step_id, enrolled_at, finished_at)
    SELECT campaign.id, who.id, campaign.company_id, 0, 'hand',
           CASE WHEN who.place % 4 = 2 THEN 'held_out'
                WHEN who.place % 7 = 3 THEN 'exited' ELSE 'finished' END,
           CASE WHEN who.place % 4 <> 2 AND who.place % 7 = 3 THEN 'replied' END,
           s.id, m.at,
           CASE WHEN who.place % 4 = 2 THEN m.at ELSE m.at + INTERVAL '15 days' END
      FROM who, campaign,
           LATERAL (SELECT (CURRENT_DATE - 115) + TIME '09:00'
                           + (who.place % 3) * INTERVAL '6 days' AS at) m,
           LATERAL (SELECT id FROM recruit_campaign_step
                     WHERE campaign_id = campaign.id ORDER BY sequence DESC LIMIT 1) s
    RETURNING *
), message AS (
    SELECT e.id AS enrollment_id, e.campaign_id, e.candidate_id, e.company_id,
           s.id AS step_id, v.id AS variant_id, v.mailing_id, who.place, step.number,
           '<demo-' || e.id || '-' || s.id || '@demo.example.com>' AS message_id,
           e.enrolled_at + (step.number - 1) * INTERVAL '14 days' AS sent_at,
           -- the question is what people answer
           (step.number = 1 AND who.place % 7 = 3)
               OR (step.number = 2 AND who.place % 11 = 5) AS replied
      FROM enrollment e
      JOIN who ON who.id = e.candidate_id
      JOIN LATERAL (SELECT id, ROW_NUMBER() OVER (ORDER BY sequence) AS number
                      FROM recruit_campaign_step
                     WHERE campaign_id = e.campaign_id) step ON TRUE
      JOIN recruit_campaign_step s ON s.id = step.id
      JOIN LATERAL (SELECT id, mailing_id FROM recruit_campaign_variant
                     WHERE step_id = s.id
                  ORDER BY CASE WHEN who.place % 7 IN (3, 4, 5) THEN -id ELSE id END
                     LIMIT 1) v ON TRUE
     WHERE e.state <> 'held_out' AND (step.number = 1 OR e.state = 'finished')
), trace AS (
    INSERT INTO mailing_trace (trace_type, trace_status, mass_mailing_id, model, res_id,
           message_id, is_test_trace, sent_datetime, open_datetime, links_click_datetime,
           reply_datetime)
    SELECT 'mail', CASE WHEN m.place % 17 = 8 THEN 'bounce'
                        WHEN m.replied THEN 'reply' ELSE 'open' END,
           m.mailing_id, 'recruit.candidate', m.candidate_id, m.message_id, FALSE,
           m.sent_at,
           CASE WHEN m.place % 17 <> 8 AND m.place % 3 <> 1
                THEN m.sent_at + INTERVAL '2 hours' END,
           CASE WHEN m.place % 17 <> 8 AND m.place % 5 = m.number
                THEN m.sent_at + INTERVAL '3 hours' END,
           CASE WHEN m.replied THEN m.sent_at + INTERVAL '1 day' END
      FROM message m
    RETURNING id, message_id
), delivery AS (
    INSERT INTO recruit_campaign_delivery (enrollment_id, campaign_id, candidate_id,
           company_id, step_id, kind, variant_id, state, due_at, attempt_count,
           message_id, trace_id, smtp_code, sent_at, finished_at)
    SELECT m.enrollment_id, m.campaign_id, m.candidate_id, m.company_id, m.step_id,
           'mail', m.variant_id, 'sent', m.sent_at, 1, m.message_id, trace.id, 250,
           m.sent_at, m.sent_at
      FROM message m JOIN trace ON trace.message_id = m.message_id
    RETURNING *
), touch AS (
    INSERT INTO recruit_touch (candidate_id, occurred_at, recorded_at, kind, direction,
           verified, source, campaign, campaign_id, res_model, res_id, dedupe_key)
    SELECT d.candidate_id, t.at, t.at, 'clicked', 'inbound', TRUE, campaign.name,
           campaign.name, campaign.utm_campaign_id, 'recruit.campaign.delivery', d.id,
           'demo-click:' || d.id
      FROM delivery d, campaign, message m,
           LATERAL (SELECT m.sent_at + INTERVAL '3 hours' AS at) t
     WHERE m.message_id = d.message_id AND m.place % 17 <> 8 AND m.place % 5 = m.number
    RETURNING id
)
INSERT INTO recruit_campaign_event (delivery_id, candidate_id, campaign_id, company_id,
       kind, occurred_at, judgement, reason)
SELECT d.id, d.candidate_id, d.campaign_id, d.company_id,
       CASE WHEN d.id % 8 = 0 THEN 'clicked' ELSE 'opened' END,
       d.sent_at + INTERVAL '4 seconds', 'machine', 'too_soon scanner'
  FROM delivery d
 WHERE d.id % 4 = 0;
