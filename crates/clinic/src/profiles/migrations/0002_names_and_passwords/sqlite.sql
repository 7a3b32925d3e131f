CREATE TABLE "users__new" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "password" TEXT NOT NULL CHECK (length("password") <= 128) /* varchar(128) */,
  "last_login" TEXT NULL CHECK (length("last_login") = 26) /* datetime */,
  "is_superuser" INTEGER NOT NULL CHECK ("is_superuser" IN (0, 1)) /* bool */,
  "is_staff" INTEGER NOT NULL CHECK ("is_staff" IN (0, 1)) /* bool */,
  "is_active" INTEGER NOT NULL CHECK ("is_active" IN (0, 1)) /* bool */,
  "date_joined" TEXT NOT NULL CHECK (length("date_joined") = 26) /* datetime */,
  "email" TEXT NOT NULL CHECK (length("email") <= 254) /* varchar(254) */,
  "email_fold" TEXT NOT NULL CHECK (length("email_fold") <= 254) /* varchar(254) */,
  "document_number" TEXT NULL CHECK (length("document_number") <= 20) /* varchar(20) */,
  "user_name" TEXT NOT NULL CHECK (length("user_name") <= 50) /* varchar(50) */,
  "user_name_fold" TEXT NOT NULL CHECK (length("user_name_fold") <= 50) /* varchar(50) */,
  "name" TEXT NOT NULL CHECK (length("name") <= 100) /* varchar(100) */,
  "name_fold" TEXT NOT NULL CHECK (length("name_fold") <= 100) /* varchar(100) */,
  "paternal_lastname" TEXT NOT NULL CHECK (length("paternal_lastname") <= 100) /* varchar(100) */,
  "paternal_lastname_fold" TEXT NOT NULL CHECK (length("paternal_lastname_fold") <= 100) /* varchar(100) */,
  "maternal_lastname" TEXT NOT NULL CHECK (length("maternal_lastname") <= 100) /* varchar(100) */,
  "maternal_lastname_fold" TEXT NOT NULL CHECK (length("maternal_lastname_fold") <= 100) /* varchar(100) */,
  "phone" TEXT NULL CHECK (length("phone") <= 15) /* varchar(15) */,
  "sex" TEXT NULL CHECK (length("sex") <= 1 AND "sex" IN ('M', 'F', 'O')) /* varchar(1) */,
  "photo_url" TEXT NULL CHECK (length("photo_url") <= 255) /* varchar(255) */,
  "account_statement" TEXT NOT NULL CHECK (length("account_statement") <= 1 AND "account_statement" IN ('A', 'I')) /* varchar(1) */,
  "document_type_id" INTEGER NULL /* ref */,
  "country_id" INTEGER NULL /* ref */,
  "email_verified_at" TEXT NULL CHECK (length("email_verified_at") = 26) /* datetime */,
  "password_change" INTEGER NOT NULL CHECK ("password_change" IN (0, 1)) /* bool */,
  "password_changed_at" TEXT NULL CHECK (length("password_changed_at") = 26) /* datetime */,
  "auth_epoch" INTEGER NOT NULL CHECK ("auth_epoch" BETWEEN -2147483648 AND 2147483647) /* int */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */,
  "deleted_at" TEXT NULL CHECK (length("deleted_at") = 26) /* datetime */,
  CONSTRAINT "fk_users_document_type_id" FOREIGN KEY ("document_type_id") REFERENCES "document_types" ("id") ON DELETE SET NULL,
  CONSTRAINT "fk_users_country_id" FOREIGN KEY ("country_id") REFERENCES "countries" ("id") ON DELETE SET NULL
) STRICT;

INSERT INTO "users__new" ("id", "password", "last_login", "is_superuser", "is_staff", "is_active", "date_joined", "email", "email_fold", "document_number", "user_name", "user_name_fold", "name", "name_fold", "paternal_lastname", "paternal_lastname_fold", "maternal_lastname", "maternal_lastname_fold", "phone", "sex", "photo_url", "account_statement", "document_type_id", "country_id", "email_verified_at", "password_change", "password_changed_at", "auth_epoch", "created_at", "updated_at", "deleted_at") SELECT "id", "password", "last_login", "is_superuser", "is_staff", "is_active", "date_joined", "email", "email_fold", "document_number", "user_name", "user_name_fold", "name", '', "paternal_lastname", '', "maternal_lastname", '', "phone", "sex", "photo_url", "account_statement", "document_type_id", "country_id", "email_verified_at", "password_change", NULL, "auth_epoch", "created_at", "updated_at", "deleted_at" FROM "users";

DELETE FROM sqlite_sequence WHERE name = 'users__new';

INSERT INTO sqlite_sequence (name, seq) SELECT 'users__new', seq FROM sqlite_sequence WHERE name = 'users';

DROP TABLE "users";

ALTER TABLE "users__new" RENAME TO "users";

-- manage: fold users name;

-- manage: fold users paternal_lastname;

-- manage: fold users maternal_lastname;

CREATE UNIQUE INDEX "uq_users_email" ON "users" ("email_fold");

CREATE UNIQUE INDEX "uq_users_document_number" ON "users" ("document_number");

CREATE UNIQUE INDEX "uq_users_user_name" ON "users" ("user_name_fold");

CREATE INDEX "ix_users_updated" ON "users" ("updated_at");

CREATE INDEX "ix_users_document_type_id" ON "users" ("document_type_id");

CREATE INDEX "ix_users_country_id" ON "users" ("country_id");
