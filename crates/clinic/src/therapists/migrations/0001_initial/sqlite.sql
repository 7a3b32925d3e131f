CREATE TABLE "therapists" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "document_type_id" INTEGER NOT NULL /* ref */,
  "document_number" TEXT NOT NULL CHECK (length("document_number") <= 20) /* varchar(20) */,
  "last_name_paternal" TEXT NOT NULL CHECK (length("last_name_paternal") <= 150) /* varchar(150) */,
  "last_name_paternal_fold" TEXT NOT NULL CHECK (length("last_name_paternal_fold") <= 150) /* varchar(150) */,
  "last_name_maternal" TEXT NOT NULL CHECK (length("last_name_maternal") <= 150) /* varchar(150) */,
  "last_name_maternal_fold" TEXT NOT NULL CHECK (length("last_name_maternal_fold") <= 150) /* varchar(150) */,
  "first_name" TEXT NOT NULL CHECK (length("first_name") <= 150) /* varchar(150) */,
  "first_name_fold" TEXT NOT NULL CHECK (length("first_name_fold") <= 150) /* varchar(150) */,
  "birth_date" TEXT NULL CHECK (length("birth_date") = 26) /* datetime */,
  "gender" TEXT NULL CHECK (length("gender") <= 50) /* varchar(50) */,
  "personal_reference" TEXT NULL CHECK (length("personal_reference") <= 255) /* varchar(255) */,
  "is_active" INTEGER NOT NULL CHECK ("is_active" IN (0, 1)) /* bool */,
  "phone" TEXT NULL CHECK (length("phone") <= 20) /* varchar(20) */,
  "email" TEXT NOT NULL CHECK (length("email") <= 254) /* varchar(254) */,
  "region_id" INTEGER NOT NULL /* ref */,
  "province_id" INTEGER NOT NULL /* ref */,
  "district_id" INTEGER NOT NULL /* ref */,
  "address" TEXT NULL /* text */,
  "profile_picture" TEXT NULL CHECK (length("profile_picture") <= 255) /* varchar(255) */,
  "license_number" TEXT NULL CHECK (length("license_number") <= 100) /* varchar(100) */,
  "ocupation" TEXT NULL CHECK (length("ocupation") <= 100) /* varchar(100) */,
  "user_id" INTEGER NULL /* ref */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */,
  "deleted_at" TEXT NULL CHECK (length("deleted_at") = 26) /* datetime */,
  CONSTRAINT "fk_therapists_document_type_id" FOREIGN KEY ("document_type_id") REFERENCES "document_types" ("id") ON DELETE NO ACTION,
  CONSTRAINT "fk_therapists_region_id" FOREIGN KEY ("region_id") REFERENCES "regions" ("id") ON DELETE NO ACTION,
  CONSTRAINT "fk_therapists_province_id" FOREIGN KEY ("province_id") REFERENCES "provinces" ("id") ON DELETE NO ACTION,
  CONSTRAINT "fk_therapists_district_id" FOREIGN KEY ("district_id") REFERENCES "districts" ("id") ON DELETE NO ACTION,
  CONSTRAINT "fk_therapists_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE SET NULL
) STRICT;

CREATE UNIQUE INDEX "uq_therapists_document" ON "therapists" ("document_number");

CREATE UNIQUE INDEX "uq_therapists_user" ON "therapists" ("user_id");

CREATE INDEX "ix_therapists_name" ON "therapists" ("first_name_fold", "last_name_paternal_fold");

CREATE INDEX "ix_therapists_deleted" ON "therapists" ("deleted_at");

CREATE INDEX "ix_therapists_document_type_id" ON "therapists" ("document_type_id");

CREATE INDEX "ix_therapists_region_id" ON "therapists" ("region_id");

CREATE INDEX "ix_therapists_province_id" ON "therapists" ("province_id");

CREATE INDEX "ix_therapists_district_id" ON "therapists" ("district_id");

CREATE TABLE "therapists_words" (
  "word" TEXT NOT NULL CHECK (length("word") <= 40),
  "row_id" INTEGER NOT NULL,
  PRIMARY KEY ("word", "row_id"),
  CONSTRAINT "fk_therapists_words_row_id" FOREIGN KEY ("row_id") REFERENCES "therapists" ("id") ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX "ix_therapists_words_row_id" ON "therapists_words" ("row_id");
