CREATE TABLE "appointment_statuses" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "name" TEXT NOT NULL CHECK (length("name") <= 50) /* varchar(50) */,
  "name_fold" TEXT NOT NULL CHECK (length("name_fold") <= 50) /* varchar(50) */,
  "description" TEXT NULL /* text */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */,
  "deleted_at" TEXT NULL CHECK (length("deleted_at") = 26) /* datetime */
) STRICT;

CREATE UNIQUE INDEX "uq_appointment_statuses_name" ON "appointment_statuses" ("name_fold");

CREATE TABLE "ticket_series" (
  "series" TEXT NOT NULL CHECK (length("series") <= 20) /* varchar(20) */,
  "last_number" INTEGER NOT NULL /* ref */,
  PRIMARY KEY ("series")
) STRICT;
