CREATE TABLE "table_company_data" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "company_name" TEXT NOT NULL CHECK (length("company_name") <= 266) /* varchar(266) */,
  "company_name_fold" TEXT NOT NULL CHECK (length("company_name_fold") <= 266) /* varchar(266) */,
  "company_logo" TEXT NULL CHECK (length("company_logo") <= 100) /* varchar(100) */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */
) STRICT;

CREATE UNIQUE INDEX "uq_company_name" ON "table_company_data" ("company_name_fold");
