CREATE TABLE "appointment_statuses__new" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "name" TEXT NOT NULL CHECK (length("name") <= 50) /* varchar(50) */,
  "name_fold" TEXT NOT NULL CHECK (length("name_fold") <= 50) /* varchar(50) */,
  "description" TEXT NULL /* text */,
  "description_fold" TEXT NULL /* text */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */,
  "deleted_at" TEXT NULL CHECK (length("deleted_at") = 26) /* datetime */
) STRICT;

INSERT INTO "appointment_statuses__new" ("id", "name", "name_fold", "description", "description_fold", "created_at", "updated_at", "deleted_at") SELECT "id", "name", "name_fold", "description", NULL, "created_at", "updated_at", "deleted_at" FROM "appointment_statuses";

DELETE FROM sqlite_sequence WHERE name = 'appointment_statuses__new';

INSERT INTO sqlite_sequence (name, seq) SELECT 'appointment_statuses__new', seq FROM sqlite_sequence WHERE name = 'appointment_statuses';

DROP TABLE "appointment_statuses";

ALTER TABLE "appointment_statuses__new" RENAME TO "appointment_statuses";

-- manage: fold appointment_statuses description;

CREATE UNIQUE INDEX "uq_appointment_statuses_name" ON "appointment_statuses" ("name_fold");
