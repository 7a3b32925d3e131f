CREATE TABLE "histories" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "patient_id" INTEGER NOT NULL /* ref */,
  "testimony" INTEGER NOT NULL CHECK ("testimony" IN (0, 1)) /* bool */,
  "private_observation" TEXT NULL /* text */,
  "observation" TEXT NULL /* text */,
  "height" INTEGER NULL CHECK ("height" BETWEEN -9999999 AND 9999999 AND "height" >= 0) /* decimal(7,3) */,
  "weight" INTEGER NULL CHECK ("weight" BETWEEN -999999 AND 999999 AND "weight" >= 0) /* decimal(6,3) */,
  "last_weight" INTEGER NULL CHECK ("last_weight" BETWEEN -999999 AND 999999 AND "last_weight" >= 0) /* decimal(6,3) */,
  "menstruation" INTEGER NOT NULL CHECK ("menstruation" IN (0, 1)) /* bool */,
  "diu_type" TEXT NULL CHECK (length("diu_type") <= 255) /* varchar(255) */,
  "gestation" INTEGER NOT NULL CHECK ("gestation" IN (0, 1)) /* bool */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */,
  "deleted_at" TEXT NULL CHECK (length("deleted_at") = 26) /* datetime */,
  CONSTRAINT "fk_histories_patient_id" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE NO ACTION
) STRICT;

CREATE UNIQUE INDEX "uq_histories_patient" ON "histories" ("patient_id") WHERE "deleted_at" IS NULL;

CREATE INDEX "ix_histories_patient" ON "histories" ("patient_id");

CREATE INDEX "ix_histories_created" ON "histories" ("created_at");
