CREATE TABLE "users" (
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
  "paternal_lastname" TEXT NOT NULL CHECK (length("paternal_lastname") <= 100) /* varchar(100) */,
  "maternal_lastname" TEXT NOT NULL CHECK (length("maternal_lastname") <= 100) /* varchar(100) */,
  "phone" TEXT NULL CHECK (length("phone") <= 15) /* varchar(15) */,
  "sex" TEXT NULL CHECK (length("sex") <= 1 AND "sex" IN ('M', 'F', 'O')) /* varchar(1) */,
  "photo_url" TEXT NULL CHECK (length("photo_url") <= 255) /* varchar(255) */,
  "account_statement" TEXT NOT NULL CHECK (length("account_statement") <= 1 AND "account_statement" IN ('A', 'I')) /* varchar(1) */,
  "document_type_id" INTEGER NULL /* ref */,
  "country_id" INTEGER NULL /* ref */,
  "email_verified_at" TEXT NULL CHECK (length("email_verified_at") = 26) /* datetime */,
  "password_change" INTEGER NOT NULL CHECK ("password_change" IN (0, 1)) /* bool */,
  "auth_epoch" INTEGER NOT NULL CHECK ("auth_epoch" BETWEEN -2147483648 AND 2147483647) /* int */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */,
  "deleted_at" TEXT NULL CHECK (length("deleted_at") = 26) /* datetime */,
  CONSTRAINT "fk_users_document_type_id" FOREIGN KEY ("document_type_id") REFERENCES "document_types" ("id") ON DELETE SET NULL,
  CONSTRAINT "fk_users_country_id" FOREIGN KEY ("country_id") REFERENCES "countries" ("id") ON DELETE SET NULL
) STRICT;

CREATE UNIQUE INDEX "uq_users_email" ON "users" ("email_fold");

CREATE UNIQUE INDEX "uq_users_document_number" ON "users" ("document_number");

CREATE UNIQUE INDEX "uq_users_user_name" ON "users" ("user_name_fold");

CREATE INDEX "ix_users_updated" ON "users" ("updated_at");

CREATE INDEX "ix_users_document_type_id" ON "users" ("document_type_id");

CREATE INDEX "ix_users_country_id" ON "users" ("country_id");

CREATE TABLE "users_verification_code" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "user_id" INTEGER NOT NULL /* ref */,
  "code" TEXT NULL CHECK (length("code") <= 255) /* varchar(255) */,
  "verification_type" TEXT NOT NULL CHECK (length("verification_type") <= 50 AND "verification_type" IN ('email_verification', 'email_change', 'password_change')) /* varchar(50) */,
  "target_email" TEXT NULL CHECK (length("target_email") <= 254) /* varchar(254) */,
  "expires_at" TEXT NOT NULL CHECK (length("expires_at") = 26) /* datetime */,
  "failed_attempts" INTEGER NOT NULL CHECK ("failed_attempts" BETWEEN -2147483648 AND 2147483647 AND "failed_attempts" >= 0) /* int */,
  "max_attempts" INTEGER NOT NULL CHECK ("max_attempts" BETWEEN -2147483648 AND 2147483647 AND "max_attempts" >= 1) /* int */,
  "locked_until" TEXT NULL CHECK (length("locked_until") = 26) /* datetime */,
  "is_used" INTEGER NOT NULL CHECK ("is_used" IN (0, 1)) /* bool */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */,
  CONSTRAINT "fk_users_verification_code_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
) STRICT;

CREATE INDEX "ix_verification_user_type" ON "users_verification_code" ("user_id", "verification_type");

CREATE INDEX "ix_verification_expires" ON "users_verification_code" ("expires_at");
