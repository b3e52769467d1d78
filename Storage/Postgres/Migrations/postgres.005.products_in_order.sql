-- Looking through the next products in order for those of some categories reads this index alone.
CREATE INDEX product_in_order ON product (id) INCLUDE (category_id);
