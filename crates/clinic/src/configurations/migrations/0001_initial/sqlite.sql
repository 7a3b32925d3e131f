CREATE TABLE "document_types" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "name" TEXT NOT NULL CHECK (length("name") <= 50) /* varchar(50) */,
  "name_fold" TEXT NOT NULL CHECK (length("name_fold") <= 50) /* varchar(50) */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */,
  "deleted_at" TEXT NULL CHECK (length("deleted_at") = 26) /* datetime */
) STRICT;

CREATE UNIQUE INDEX "uq_document_types_name" ON "document_types" ("name_fold");

CREATE TABLE "payment_types" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "name" TEXT NOT NULL CHECK (length("name") <= 50) /* varchar(50) */,
  "name_fold" TEXT NOT NULL CHECK (length("name_fold") <= 50) /* varchar(50) */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */,
  "deleted_at" TEXT NULL CHECK (length("deleted_at") = 26) /* datetime */
) STRICT;

CREATE UNIQUE INDEX "uq_payment_types_name" ON "payment_types" ("name_fold");

CREATE TABLE "payment_status" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "name" TEXT NOT NULL CHECK (length("name") <= 100) /* varchar(100) */,
  "name_fold" TEXT NOT NULL CHECK (length("name_fold") <= 100) /* varchar(100) */,
  "description" TEXT NULL CHECK (length("description") <= 255) /* varchar(255) */,
  "deleted_at" TEXT NULL CHECK (length("deleted_at") = 26) /* datetime */
) STRICT;

CREATE UNIQUE INDEX "uq_payment_status_name" ON "payment_status" ("name_fold");

CREATE TABLE "predetermined_prices" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "name" TEXT NOT NULL CHECK (length("name") <= 100) /* varchar(100) */,
  "name_fold" TEXT NOT NULL CHECK (length("name_fold") <= 100) /* varchar(100) */,
  "price" INTEGER NOT NULL CHECK ("price" BETWEEN -99999999 AND 99999999 AND "price" >= 0) /* decimal(8,2) */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */,
  "deleted_at" TEXT NULL CHECK (length("deleted_at") = 26) /* datetime */
) STRICT;

CREATE INDEX "ix_predetermined_prices_name" ON "predetermined_prices" ("name_fold");
