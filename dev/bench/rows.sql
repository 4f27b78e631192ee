-- An agency's stock of :rows listings, made set by set. Run by dev/bench/load.py with the triggers of units and listings
-- off and the list's indexes dropped; every column that those triggers keep is computed here by the same functions.
SELECT setseed(0.42);

CREATE TEMP TABLE bench_community AS
SELECT n, (ARRAY['Harbour','Palm','Lake','Garden','Desert','Royal','Silver','Golden','Creek','Canal','Sunset','Pearl'])[1 + n % 12]
          || ' ' || (ARRAY['Bay','Heights','Hills','Quarter','Village'])[1 + n / 12 % 5] AS name
  FROM generate_series(0, 58) AS n
UNION ALL SELECT 59, 'Dubai Marina';

INSERT INTO listings_place (level, name, name_ar, path) VALUES ('country', 'United Arab Emirates', 'الإمارات', '{}');
INSERT INTO listings_place (level, name, name_ar, parent_id, path)
SELECT 'city', city.name, city.name_ar, country.id, '{}'
  FROM listings_place AS country, (VALUES ('Dubai', 'دبي'), ('Abu Dhabi', 'أبوظبي'), ('Sharjah', 'الشارقة')) AS city (name, name_ar)
 WHERE country.level = 'country';
INSERT INTO listings_place (level, name, name_ar, parent_id, path, latitude, longitude)
SELECT 'community', community.name, '', city.id, '{}', 25 + random() * 0.4, 55 + random() * 0.5
  FROM bench_community AS community
  JOIN listings_place AS city
    ON city.name = CASE WHEN n = 59 OR n % 3 = 0 THEN 'Dubai' WHEN n % 3 = 1 THEN 'Abu Dhabi' ELSE 'Sharjah' END
   AND city.level = 'city';
INSERT INTO listings_place (level, name, name_ar, parent_id, path, latitude, longitude)
SELECT 'building',
       (ARRAY['Azure','Cayan','Princess','Ocean','Torch','Vida','Sulafa','Sparkle','Emerald','Damac'])[1 + n % 10] || ' '
       || CASE WHEN community.name = 'Dubai Marina' AND n % 2 = 0 THEN 'Marina ' ELSE '' END
       || (ARRAY['Tower','Residences','Gate','Heights','Court'])[1 + n / 10 % 5] || ' ' || n,
       '', community.id, '{}', community.latitude + (random() - 0.5) * 0.02, community.longitude + (random() - 0.5) * 0.02
  FROM listings_place AS community, generate_series(1, 50) AS n
 WHERE community.level = 'community';

CREATE TEMP TABLE bench_building AS
SELECT row_number() OVER (ORDER BY place.id) - 1 AS n, place.id, place.name, place.path, place.latitude, place.longitude,
       above.name AS community,
       (SELECT setweight(to_tsvector('simple', crm_search_words(string_agg(name || ' ' || name_ar, ' '))), 'A')
          FROM listings_place WHERE id = ANY (place.path)) AS words
  FROM listings_place AS place JOIN listings_place AS above ON above.id = place.parent_id
 WHERE place.level = 'building';
CREATE INDEX ON bench_building (n);

CREATE TEMP TABLE bench_text AS
SELECT n, title, remarks,
       setweight(to_tsvector('simple', crm_search_words(title)), 'B')
       || setweight(to_tsvector('simple', crm_search_words(remarks)), 'C') AS words
  FROM (SELECT n,
               (ARRAY['Bright','Spacious','Elegant','Quiet','Upgraded','Vacant'])[1 + n % 6] || ' home with '
               || (ARRAY['sea view','marina view','pool','garden','large balcony'])[1 + n / 6 % 5] AS title,
               'A ' || (ARRAY['well kept','newly finished','sunny','family'])[1 + n % 4] || ' apartment on a high floor with '
               || (ARRAY['full marina view','open sea view','skyline view','garden view'])[1 + n / 4 % 4]
               || ', fitted kitchen, built-in wardrobes, covered parking, gym and pool. Near metro, schools and shops. '
               || CASE n WHEN 77 THEN 'Beside the old lighthouse. ' WHEN 78 THEN 'Private observatory. ' ELSE '' END
               || 'Service charge paid. Reference text ' || n || '.' AS remarks
          FROM generate_series(0, 1999) AS n) AS texts;
CREATE INDEX ON bench_text (n);

CREATE TEMP TABLE bench_agent AS
SELECT row_number() OVER (ORDER BY id) - 1 AS n, id, full_name FROM accounts_user WHERE email LIKE '%@bench.invalid';

CREATE TEMP TABLE bench_row AS
SELECT n, floor(random() * 3000)::int AS building, floor(random() * 60)::int AS agent,
       CASE WHEN n % 50021 = 77 THEN 77 ELSE (79 + floor(random() * 1921))::int END AS text,
       random() AS status, random() < 0.55 AS is_sale, floor(random() * random() * 7)::int AS bedrooms, random() AS size,
       random() AS price, random() AS mandate, random() AS permit, random() AS photo, random() AS moved, random() AS age
  FROM generate_series(1, :rows) AS n;

INSERT INTO listings_unit (place_id, unit_number, property_sub_type, bedrooms_total, bathrooms_total_integer, living_area)
SELECT building.id, row.n::text, CASE WHEN row.n % 997 = 0 THEN 'Chalet' WHEN row.n % 9 = 0 THEN 'Villa' ELSE 'Apartment' END,
       CASE WHEN row.n % 40 > 0 THEN bedrooms END, bedrooms + 1, round((350 + bedrooms * 420 + size * 600)::numeric, 0)
  FROM bench_row AS row JOIN bench_building AS building ON building.n = row.building
 ORDER BY row.n;

INSERT INTO listings_listing (listing_id, unit_id, standard_status, property_type, title, public_remarks, list_price,
    original_list_price, previous_list_price, price_change_timestamp, lease_amount_frequency,
    internet_entire_listing_display_yn, list_agent_id, created_by_id, original_entry_timestamp, modification_timestamp, place_path, place_name, community_name, unit_number,
    property_sub_type, bedrooms_total, bathrooms_total_integer, living_area_sqm, latitude, longitude, mandate_until,
    permit_until, photo_count, cover, search_vector, list_agent_full_name)
SELECT 'B-' || row.n, unit.id,
       CASE WHEN status < .45 THEN 'Active' WHEN status < .50 THEN 'Active Under Contract' WHEN status < .53 THEN 'Pending'
            WHEN status < .57 THEN 'Hold' WHEN status < .60 THEN 'Coming Soon' WHEN status < .68 THEN 'Incomplete'
            WHEN status < .88 THEN 'Closed' WHEN status < .93 THEN 'Withdrawn' WHEN status < .98 THEN 'Expired'
            ELSE 'Canceled' END,
       CASE WHEN is_sale THEN 'Residential' ELSE 'Residential Lease' END, text.title, text.remarks, asked.now, asked.now,
       CASE WHEN moved < .1 THEN round(asked.now * 1.05, 0) WHEN moved < .13 THEN round(asked.now * 0.98, 0) END,
       CASE WHEN moved < .13 THEN now() - age * interval '60 days' END,
       CASE WHEN is_sale THEN '' ELSE 'Annually' END, row.n % 3 > 0, agent.id, agent.id,
       now() - interval '700 days' + age * interval '100 days', now() - age * interval '600 days',
       building.path, building.name, building.community, unit.unit_number, unit.property_sub_type, unit.bedrooms_total,
       unit.bathrooms_total_integer, unit.living_area_sqm, building.latitude, building.longitude,
       CASE WHEN mandate < .7 THEN current_date + (mandate * 200)::int - 30 END,
       CASE WHEN permit < .6 THEN current_date + (permit * 300)::int - 40 END,
       CASE WHEN photo < .8 THEN 1 + (photo * 20)::int ELSE 0 END, '',
       building.words || text.words
         || setweight(to_tsvector('simple', 'b ' || row.n || ' b' || row.n || ' ' || unit.unit_number), 'A'),
       agent.full_name
  FROM bench_row AS row
  JOIN bench_building AS building ON building.n = row.building
  JOIN bench_agent AS agent ON agent.n = row.agent
  JOIN bench_text AS text ON text.n = row.text
  JOIN listings_unit AS unit ON unit.place_id = building.id AND unit.unit_number = row.n::text
 CROSS JOIN LATERAL (SELECT CASE WHEN row.n % 25 > 0 THEN round(CASE WHEN is_sale THEN 400000 + bedrooms * 700000 + price * 3000000
                            ELSE 30000 + bedrooms * 30000 + price * 150000 END)::numeric END AS now) AS asked
 ORDER BY row.n;

INSERT INTO listings_mandate (listing_id, listing_agreement, number, listing_contract_date, expiration_date)
SELECT id, 'Exclusive Right To Sell', 'A-' || id, mandate_until - 90, mandate_until FROM listings_listing WHERE mandate_until IS NOT NULL;
INSERT INTO listings_permit (listing_id, number, authority, issued_on, expiration_date)
SELECT id, '71' || id, 'Trakheesi', permit_until - 90, permit_until FROM listings_listing WHERE permit_until IS NOT NULL;
INSERT INTO listings_pricechange (listing_id, old_price, new_price, currency, at, by_id, reason)
SELECT id, previous_list_price, list_price, currency, coalesce(price_change_timestamp, original_entry_timestamp), created_by_id, ''
  FROM listings_listing WHERE list_price IS NOT NULL;
INSERT INTO listings_statuschange (listing_id, old_status, new_status, at, by_id, reason)
SELECT id, '', standard_status, original_entry_timestamp, created_by_id, '' FROM listings_listing;
