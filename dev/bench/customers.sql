-- An agency's :rows customers, made set by set, with a phone each, e-mails, and for every fourth what they look for. Run by
-- dev/bench/customers.py with the triggers of these tables off; what those keep is computed here.
SELECT setseed(0.43);

CREATE TEMP TABLE bench_person AS
SELECT n, floor(random() * 60)::int AS agent, random() AS stage, random() AS source, random() AS contact, random() AS next,
       random() AS age,
       (ARRAY['Layla','Omar','Priya','Thomas','Sofia','Yousef','Mina','Karim','Anna','David','Mohammed','James','محمد','فاطمة',
              'Olga','Chen','Ravi','Grace','Hassan','Elena'])[1 + floor(random() * 20)::int] AS first,
       CASE WHEN n % 50021 = 77 THEN 'Lighthouse'
            ELSE initcap((ARRAY['ba','ca','da','fa','ga','ha','ja','ka','la','ma','na','pa','ra','sa','ta','va','wa','za'])[1 + floor(random() * 18)::int]
                 || (ARRAY['bir','dor','far','gol','hal','kim','lev','mor','nak','pel','ros','sen','tal','vin','wer','zan'])[1 + floor(random() * 16)::int]
                 || (ARRAY['a','ani','er','i','ides','ini','o','ov','s','son'])[1 + floor(random() * 10)::int]) END AS last
  FROM generate_series(1, :rows) AS n;

INSERT INTO customers_customer (reference, full_name, roles, stage, source, payment, agent_id, team_id, created_by_id,
    created_at, modified_at, last_contact_at, next_task_due, next_task_title, waiting_since)
SELECT 'C-' || lpad(n::text, greatest(5, length(n::text)), '0'), first || ' ' || last,
       CASE WHEN n % 3 = 0 THEN '{tenant}'::varchar[] WHEN n % 17 = 0 THEN '{seller,buyer}' ELSE '{buyer}' END,
       CASE WHEN stage < .1 THEN 'new' WHEN stage < .35 THEN 'searching' WHEN stage < .42 THEN 'viewing'
            WHEN stage < .45 THEN 'offer' WHEN stage < .7 THEN 'won' ELSE 'dormant' END,
       CASE WHEN source < .3 THEN 'portal' WHEN source < .5 THEN 'website' WHEN source < .8 THEN 'phone' ELSE 'referral' END,
       CASE WHEN n % 5 = 0 THEN 'cash' ELSE 'unknown' END,
       people.id, NULL, people.id, now() - age * interval '900 days', now() - age * interval '600 days',
       CASE WHEN contact < .8 THEN now() - contact * interval '500 days' END,
       CASE WHEN next < .25 THEN current_date + (next * 200)::int - 10 END,
       CASE WHEN next < .25 THEN 'Call back' ELSE '' END,
       CASE WHEN stage < .01 THEN now() - stage * interval '30 days' END
  FROM bench_person
  JOIN (SELECT row_number() OVER (ORDER BY id) - 1 AS m, id FROM accounts_user WHERE email LIKE 'agent%@bench.invalid') AS people
    ON people.m = agent
 ORDER BY n;

INSERT INTO customers_phone (customer_id, e164, position)
SELECT id, '+97150' || lpad((id % 10000000)::text, 7, '0'), 0 FROM customers_customer;
INSERT INTO customers_emailaddress (customer_id, address, position)
SELECT id, 'person' || id || '@mail' || id % 40 || '.example', 0 FROM customers_customer WHERE id % 3 > 0;
INSERT INTO customers_task (customer_id, title, due_on, assignee_id, created_by_id, created_at)
SELECT id, next_task_title, next_task_due, agent_id, agent_id, now() FROM customers_customer WHERE next_task_due IS NOT NULL;
INSERT INTO customers_note (customer_id, kind, body, by_id, at)
SELECT id, 'call', 'Wants a high floor.', agent_id, last_contact_at FROM customers_customer WHERE last_contact_at IS NOT NULL;

INSERT INTO matching_requirement (customer_id, created_by_id, created_at, modified_at, property_type, price_max,
    bedrooms_min, place_ids)
SELECT id, agent_id, modified_at, modified_at, CASE WHEN roles && '{tenant}' THEN 'Residential Lease' ELSE 'Residential' END,
       CASE WHEN roles && '{tenant}' THEN 60000 + id % 200 * 1000 ELSE 700000 + id % 400 * 10000 END, id % 4,
       ARRAY[(SELECT min(id) FROM listings_place WHERE level = 'community') + customer.id % 60]
  FROM customers_customer AS customer WHERE id % 4 = 0;
INSERT INTO matching_requirementplace (requirement_id, place_id)
SELECT requirement.id, place FROM matching_requirement AS requirement, unnest(place_ids) AS place;
