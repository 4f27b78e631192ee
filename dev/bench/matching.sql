-- People who look for something: :people customers with one requirement each, over the places of rows.sql. Run by
-- dev/bench/matching.py with the triggers of these tables off; what those keep is computed here.
SELECT setseed(0.24);

CREATE TEMP TABLE bench_place AS
SELECT row_number() OVER (PARTITION BY level ORDER BY id) - 1 AS n, id, level, path FROM listings_place;
CREATE INDEX ON bench_place (level, n);

INSERT INTO customers_customer (full_name, agent_id, created_by_id, created_at, modified_at, stage, roles)
SELECT 'Bench Person ' || n, agent.id, agent.id, now(), now(), 'searching', '{buyer}'
  FROM generate_series(1, :people) AS n
  JOIN (SELECT row_number() OVER (ORDER BY id) - 1 AS m, id FROM accounts_user WHERE email LIKE '%@bench.invalid') AS agent
    ON agent.m = n % 60;

CREATE TEMP TABLE bench_wish AS
SELECT id AS customer, created_by_id AS agent, random() < 0.55 AS is_sale, floor(random() * 5)::int AS bedrooms, random() AS budget,
       random() AS where_to, floor(random() * 60)::int AS community, floor(random() * 60)::int AS other,
       floor(random() * 3000)::int AS building, random() AS floor, random() AS size, random() AS feature, random() AS type
  FROM customers_customer WHERE full_name LIKE 'Bench Person %';

INSERT INTO matching_requirement (customer_id, created_by_id, created_at, modified_at, property_type, price_min, price_max,
    bedrooms_min, bedrooms_max, bathrooms_min, area_min, floor_min, sub_types, features_must, features_nice, place_ids)
SELECT customer, agent, now(), now(), CASE WHEN is_sale THEN 'Residential' ELSE 'Residential Lease' END,
       CASE WHEN budget < 0.5 THEN round(top.most * 0.75, 0) END, top.most,
       CASE WHEN size < 0.9 THEN bedrooms END, CASE WHEN size < 0.6 THEN bedrooms + 1 END,
       CASE WHEN size < 0.3 THEN greatest(bedrooms, 1) END, CASE WHEN size < 0.4 THEN 350 + bedrooms * 420 END,
       CASE WHEN floor < 0.3 THEN (floor * 60)::int END,
       CASE WHEN type < 0.7 THEN '{Apartment}'::varchar[] WHEN type < 0.8 THEN '{Villa,Townhouse}' ELSE '{}' END,
       CASE WHEN feature < 0.2 THEN '{sea_view}'::varchar[] WHEN feature < 0.4 THEN '{marina_view,parking_1}' ELSE '{}' END,
       CASE WHEN feature > 0.7 THEN '{pool,gym}'::varchar[] ELSE '{}' END,
       CASE WHEN where_to < 0.6 THEN ARRAY[one.id] WHEN where_to < 0.8 THEN ARRAY[one.id, two.id]
            WHEN where_to < 0.9 THEN ARRAY[tower.id] WHEN where_to < 0.95 THEN ARRAY[town.id] ELSE '{}'::bigint[] END
  FROM bench_wish
 CROSS JOIN LATERAL (SELECT round(CASE WHEN is_sale THEN 500000 + bedrooms * 700000 + budget * 3000000
                                  ELSE 40000 + bedrooms * 30000 + budget * 150000 END)::numeric AS most) AS top
  JOIN bench_place AS one ON one.level = 'community' AND one.n = community
  JOIN bench_place AS two ON two.level = 'community' AND two.n = other
  JOIN bench_place AS tower ON tower.level = 'building' AND tower.n = building
  JOIN bench_place AS town ON town.level = 'city' AND town.n = community % 3;
INSERT INTO matching_requirementplace (requirement_id, place_id)
SELECT id, place FROM matching_requirement CROSS JOIN LATERAL unnest(place_ids) AS place ON CONFLICT DO NOTHING;
