CREATE TABLE "countries" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "name" TEXT NOT NULL CHECK (length("name") <= 255) /* varchar(255) */,
  "name_fold" TEXT NOT NULL CHECK (length("name_fold") <= 255) /* varchar(255) */,
  "phone_code" TEXT NULL CHECK (length("phone_code") <= 10) /* varchar(10) */,
  "iso2" TEXT NULL CHECK (length("iso2") <= 2) /* varchar(2) */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */,
  "deleted_at" TEXT NULL CHECK (length("deleted_at") = 26) /* datetime */
) STRICT;

CREATE UNIQUE INDEX "uq_countries_iso2" ON "countries" ("iso2");

CREATE INDEX "ix_countries_name" ON "countries" ("name_fold");

CREATE TABLE "regions" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "name" TEXT NOT NULL CHECK (length("name") <= 255) /* varchar(255) */,
  "name_fold" TEXT NOT NULL CHECK (length("name_fold") <= 255) /* varchar(255) */,
  "ubigeo" TEXT NULL CHECK (length("ubigeo") <= 6) /* varchar(6) */,
  "country_id" INTEGER NOT NULL /* ref */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */,
  "deleted_at" TEXT NULL CHECK (length("deleted_at") = 26) /* datetime */,
  CONSTRAINT "fk_regions_country_id" FOREIGN KEY ("country_id") REFERENCES "countries" ("id") ON DELETE NO ACTION
) STRICT;

CREATE UNIQUE INDEX "uq_regions_ubigeo" ON "regions" ("ubigeo");

CREATE INDEX "ix_regions_name" ON "regions" ("name_fold");

CREATE INDEX "ix_regions_country_id" ON "regions" ("country_id");

CREATE TABLE "provinces" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "name" TEXT NOT NULL CHECK (length("name") <= 255) /* varchar(255) */,
  "name_fold" TEXT NOT NULL CHECK (length("name_fold") <= 255) /* varchar(255) */,
  "ubigeo" TEXT NULL CHECK (length("ubigeo") <= 6) /* varchar(6) */,
  "region_id" INTEGER NOT NULL /* ref */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */,
  "deleted_at" TEXT NULL CHECK (length("deleted_at") = 26) /* datetime */,
  CONSTRAINT "fk_provinces_region_id" FOREIGN KEY ("region_id") REFERENCES "regions" ("id") ON DELETE NO ACTION
) STRICT;

CREATE UNIQUE INDEX "uq_provinces_ubigeo" ON "provinces" ("ubigeo");

CREATE INDEX "ix_provinces_region" ON "provinces" ("region_id", "name_fold");

CREATE INDEX "ix_provinces_name" ON "provinces" ("name_fold");

CREATE TABLE "districts" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "name" TEXT NOT NULL CHECK (length("name") <= 255) /* varchar(255) */,
  "name_fold" TEXT NOT NULL CHECK (length("name_fold") <= 255) /* varchar(255) */,
  "ubigeo" TEXT NULL CHECK (length("ubigeo") <= 6) /* varchar(6) */,
  "province_id" INTEGER NOT NULL /* ref */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */,
  "deleted_at" TEXT NULL CHECK (length("deleted_at") = 26) /* datetime */,
  CONSTRAINT "fk_districts_province_id" FOREIGN KEY ("province_id") REFERENCES "provinces" ("id") ON DELETE NO ACTION
) STRICT;

CREATE UNIQUE INDEX "uq_districts_ubigeo" ON "districts" ("ubigeo");

CREATE INDEX "ix_districts_province" ON "districts" ("province_id", "name_fold");

CREATE INDEX "ix_districts_name" ON "districts" ("name_fold");
