#!/usr/bin/env bash
# Ways to find a page of a subtree's products, in the database alone: an array of category ids and two walks in order,
# which Hearth uses; an interval table; and a column that holds every ancestor. Needs PostgreSQL; takes about 3 minutes.
#   bench/product-pages.sh [CATEGORIES] [PRODUCTS]     100000 and 500000
set -euo pipefail
source "$(dirname "$0")/lib.sh"
categories=${1:-100000} products=${2:-500000}
name=product-pages folder=$(mktemp -d "${TMPDIR:-/tmp}/hearth-bench.XXXXXX")
chmod 755 "$folder"
trap bench_end EXIT
trap 'exit 130' INT TERM

psql=(psql -h 127.0.0.1 -U postgres -X -q -A -t -v ON_ERROR_STOP=1)
start_postgres
run() { "${psql[@]}" -p "$postgres_port" "$@"; }

for part in 003.categories 005.products_in_order; do sed "s/@schema/public/g" "$root/Storage/Postgres/Migrations/postgres.$part.sql" | run; done
python3 "$bench/catalogue.py" categories "$categories" | sed 1d >"$folder/categories.tsv"
python3 "$bench/catalogue.py" products "$categories" "$products" | sed 1d >"$folder/products.tsv"
run -c "SET hearth.unguarded = 'on'" -c "\\copy category (id, parent_id, name) FROM '$folder/categories.tsv' WITH (FORMAT text, NULL '')" \
    -c "\\copy product (id, category_id, name) FROM '$folder/products.tsv'"
say "loaded; making the interval table and the column of ancestors"
run <<'SQL'
CREATE TABLE category_interval (id text COLLATE "C" PRIMARY KEY, first integer NOT NULL, last integer NOT NULL);
WITH RECURSIVE tree (id, path) AS (
    SELECT id, ARRAY[id] FROM category WHERE parent_id IS NULL
    UNION ALL SELECT category.id, path || category.id FROM tree JOIN category ON category.parent_id = tree.id
), numbered AS (SELECT id, path, row_number() OVER (ORDER BY path) AS place FROM tree),
sizes AS (SELECT ancestor, count(*) AS size FROM numbered, unnest(path) AS ancestor GROUP BY ancestor)
INSERT INTO category_interval SELECT id, place, place + size - 1 FROM numbered JOIN sizes ON ancestor = id;
CREATE TABLE product_ancestor (ancestor text COLLATE "C", product_id text COLLATE "C", PRIMARY KEY (ancestor, product_id));
WITH RECURSIVE up (id, ancestor) AS (
    SELECT id, id FROM category
    UNION ALL SELECT up.id, category.parent_id FROM up JOIN category ON category.id = up.ancestor WHERE category.parent_id IS NOT NULL
) INSERT INTO product_ancestor SELECT up.ancestor, product.id FROM product JOIN up ON up.id = product.category_id;
VACUUM ANALYZE;
SQL
say "$(run -c "SELECT 'product ' || pg_size_pretty(pg_total_relation_size('product')) || ', column of ancestors ' || pg_size_pretty(pg_total_relation_size('product_ancestor'))")"

# median WAY CATEGORY SQL: 15 runs as a client times them, each from another cursor, on one connection as of a pool: the
# first run, which fills the connection's caches of the catalogue, is left out.
median() {
    local i
    {
        case $1 in "array of ids" | "walk"*) echo "SET enable_sort = off; SET enable_bitmapscan = off; SET enable_seqscan = off; SET jit = off;" ;; esac
        printf '%s\n' '\timing on' '\o /dev/null'
        for i in $(seq 16); do echo "${3//@after/p$(printf %x "$i")};"; done
    } | run | sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p' | sed 1d | sort -n | awk -v what="$1" -v of="$2" '{ v[NR] = $1 } END { printf "%-26s %-9s %8.2f ms\n", what, of, v[int((NR + 1) / 2)] }'
}

for category in few thousand c1 c0; do
    below="(SELECT array_agg(below.id) FROM category_interval AS top JOIN category_interval AS below ON below.first BETWEEN top.first AND top.last WHERE top.id = '$category')"
    ids=$(run -c "SELECT $below::text")
    case $category in
        few | thousand)
            median "walk in the database" "$category" "SELECT product.id, product.name, product.category_id FROM (SELECT near.id FROM (SELECT product.id, product.category_id FROM product WHERE product.id > '@after' ORDER BY product.id LIMIT $([ "$category" = few ] && echo 265200 || echo 6630)) AS near WHERE near.category_id = ANY ('$ids'::text[]) ORDER BY near.id LIMIT 51) AS page JOIN product ON product.id = page.id ORDER BY page.id"
            median "array of ids" "$category" "SELECT product.id, product.name FROM (SELECT page.id FROM unnest('$ids'::text[]) AS place (id) CROSS JOIN LATERAL (SELECT product.id FROM product WHERE product.category_id = place.id AND product.id > '@after' ORDER BY product.id LIMIT 51) AS page ORDER BY page.id LIMIT 51) AS page JOIN product ON product.id = page.id ORDER BY page.id" ;;
        *) median "walk in order" "$category" "SELECT product.id, product.name, product.category_id FROM product WHERE product.id > '@after' ORDER BY product.id LIMIT $([ "$category" = c0 ] && echo 66 || echo 166)" ;;
    esac
    median "interval table" "$category" "SELECT product.id, product.name FROM product JOIN category_interval AS place ON place.id = product.category_id JOIN category_interval AS top ON top.id = '$category' WHERE place.first BETWEEN top.first AND top.last AND product.id > '@after' ORDER BY product.id LIMIT 51"
    median "column of ancestors" "$category" "SELECT product.id, product.name FROM product_ancestor JOIN product ON product.id = product_id WHERE ancestor = '$category' AND product_id > '@after' ORDER BY product_id LIMIT 51"
done
