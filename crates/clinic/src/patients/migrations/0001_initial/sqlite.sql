CREATE TABLE "patients" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "document_number" TEXT NOT NULL CHECK (length("document_number") <= 20) /* varchar(20) */,
  "last_name_paternal" TEXT NULL CHECK (length("last_name_paternal") <= 150) /* varchar(150) */,
  "last_name_paternal_fold" TEXT NULL CHECK (length("last_name_paternal_fold") <= 150) /* varchar(150) */,
  "last_name_maternal" TEXT NULL CHECK (length("last_name_maternal") <= 150) /* varchar(150) */,
  "last_name_maternal_fold" TEXT NULL CHECK (length("last_name_maternal_fold") <= 150) /* varchar(150) */,
  "name" TEXT NOT NULL CHECK (length("name") <= 150) /* varchar(150) */,
  "name_fold" TEXT NOT NULL CHECK (length("name_fold") <= 150) /* varchar(150) */,
  "personal_reference" TEXT NULL CHECK (length("personal_reference") <= 255) /* varchar(255) */,
  "birth_date" TEXT NULL CHECK (length("birth_date") = 26) /* datetime */,
  "gender" TEXT NULL CHECK (length("gender") <= 50) /* varchar(50) */,
  "phone1" TEXT NULL CHECK (length("phone1") <= 20) /* varchar(20) */,
  "phone2" TEXT NULL CHECK (length("phone2") <= 20) /* varchar(20) */,
  "email" TEXT NULL CHECK (length("email") <= 254) /* varchar(254) */,
  "email_fold" TEXT NULL CHECK (length("email_fold") <= 254) /* varchar(254) */,
  "ocupation" TEXT NULL CHECK (length("ocupation") <= 100) /* varchar(100) */,
  "health_condition" TEXT NULL /* text */,
  "address" TEXT NULL /* text */,
  "region_id" INTEGER NULL /* ref */,
  "province_id" INTEGER NULL /* ref */,
  "district_id" INTEGER NULL /* ref */,
  "document_type_id" INTEGER NULL /* ref */,
  "document_type_key" INTEGER NOT NULL /* ref */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */,
  "deleted_at" TEXT NULL CHECK (length("deleted_at") = 26) /* datetime */,
  CONSTRAINT "fk_patients_region_id" FOREIGN KEY ("region_id") REFERENCES "regions" ("id") ON DELETE NO ACTION,
  CONSTRAINT "fk_patients_province_id" FOREIGN KEY ("province_id") REFERENCES "provinces" ("id") ON DELETE NO ACTION,
  CONSTRAINT "fk_patients_district_id" FOREIGN KEY ("district_id") REFERENCES "districts" ("id") ON DELETE NO ACTION,
  CONSTRAINT "fk_patients_document_type_id" FOREIGN KEY ("document_type_id") REFERENCES "document_types" ("id") ON DELETE NO ACTION
) STRICT;

CREATE UNIQUE INDEX "uq_patients_document" ON "patients" ("document_number", "document_type_key");

CREATE INDEX "ix_patients_full_name" ON "patients" ("last_name_paternal_fold", "last_name_maternal_fold", "name_fold");

CREATE INDEX "ix_patients_email" ON "patients" ("email_fold");

CREATE INDEX "ix_patients_created" ON "patients" ("created_at");

CREATE INDEX "ix_patients_region_id" ON "patients" ("region_id");

CREATE INDEX "ix_patients_province_id" ON "patients" ("province_id");

CREATE INDEX "ix_patients_district_id" ON "patients" ("district_id");

CREATE INDEX "ix_patients_document_type_id" ON "patients" ("document_type_id");

CREATE TABLE "patients_words" (
  "word" TEXT NOT NULL CHECK (length("word") <= 40),
  "row_id" INTEGER NOT NULL,
  PRIMARY KEY ("word", "row_id"),
  CONSTRAINT "fk_patients_words_row_id" FOREIGN KEY ("row_id") REFERENCES "patients" ("id") ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX "ix_patients_words_row_id" ON "patients_words" ("row_id");

CREATE TABLE "diagnoses" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "code" TEXT NOT NULL CHECK (length("code") <= 255) /* varchar(255) */,
  "code_fold" TEXT NOT NULL CHECK (length("code_fold") <= 255) /* varchar(255) */,
  "name" TEXT NOT NULL CHECK (length("name") <= 255) /* varchar(255) */,
  "name_fold" TEXT NOT NULL CHECK (length("name_fold") <= 255) /* varchar(255) */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */,
  "deleted_at" TEXT NULL CHECK (length("deleted_at") = 26) /* datetime */
) STRICT;

CREATE UNIQUE INDEX "uq_diagnoses_code" ON "diagnoses" ("code_fold");

CREATE INDEX "ix_diagnoses_name" ON "diagnoses" ("name_fold");

CREATE TABLE "diagnoses_words" (
  "word" TEXT NOT NULL CHECK (length("word") <= 40),
  "row_id" INTEGER NOT NULL,
  PRIMARY KEY ("word", "row_id"),
  CONSTRAINT "fk_diagnoses_words_row_id" FOREIGN KEY ("row_id") REFERENCES "diagnoses" ("id") ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX "ix_diagnoses_words_row_id" ON "diagnoses_words" ("row_id");

CREATE TABLE "medical_records" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "patient_id" INTEGER NOT NULL /* ref */,
  "diagnose_id" INTEGER NOT NULL /* ref */,
  "diagnosis_date" TEXT NOT NULL CHECK (length("diagnosis_date") = 10) /* date */,
  "symptoms" TEXT NULL /* text */,
  "treatment" TEXT NULL /* text */,
  "notes" TEXT NULL /* text */,
  "status" TEXT NOT NULL CHECK (length("status") <= 20) /* varchar(20) */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */,
  "deleted_at" TEXT NULL CHECK (length("deleted_at") = 26) /* datetime */,
  CONSTRAINT "fk_medical_records_patient_id" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE NO ACTION,
  CONSTRAINT "fk_medical_records_diagnose_id" FOREIGN KEY ("diagnose_id") REFERENCES "diagnoses" ("id") ON DELETE NO ACTION
) STRICT;

CREATE UNIQUE INDEX "uq_medical_records_day" ON "medical_records" ("patient_id", "diagnose_id", "diagnosis_date") WHERE "deleted_at" IS NULL;

CREATE INDEX "ix_medical_records_patient" ON "medical_records" ("patient_id", "diagnosis_date");

CREATE INDEX "ix_medical_records_diagnose" ON "medical_records" ("diagnose_id");

CREATE INDEX "ix_medical_records_date" ON "medical_records" ("diagnosis_date", "created_at");

CREATE INDEX "ix_medical_records_status" ON "medical_records" ("status");
