CREATE TABLE "permissions" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "name" TEXT NOT NULL CHECK (length("name") <= 255) /* varchar(255) */,
  "detail" TEXT NULL CHECK (length("detail") <= 255) /* varchar(255) */,
  "guard_name" TEXT NOT NULL CHECK (length("guard_name") <= 255) /* varchar(255) */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */
) STRICT;

CREATE UNIQUE INDEX "uq_permissions_name" ON "permissions" ("name");

CREATE TABLE "roles" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "name" TEXT NOT NULL CHECK (length("name") <= 255) /* varchar(255) */,
  "name_fold" TEXT NOT NULL CHECK (length("name_fold") <= 255) /* varchar(255) */,
  "guard_name" TEXT NULL CHECK (length("guard_name") <= 255) /* varchar(255) */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */
) STRICT;

CREATE UNIQUE INDEX "uq_roles_name" ON "roles" ("name_fold");

CREATE TABLE "role_has_permissions" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "permission_id" INTEGER NOT NULL /* ref */,
  "role_id" INTEGER NOT NULL /* ref */,
  CONSTRAINT "fk_role_has_permissions_permission_id" FOREIGN KEY ("permission_id") REFERENCES "permissions" ("id") ON DELETE CASCADE,
  CONSTRAINT "fk_role_has_permissions_role_id" FOREIGN KEY ("role_id") REFERENCES "roles" ("id") ON DELETE CASCADE
) STRICT;

CREATE UNIQUE INDEX "uq_role_permissions" ON "role_has_permissions" ("permission_id", "role_id");

CREATE INDEX "ix_role_has_permissions_role_id" ON "role_has_permissions" ("role_id");

CREATE TABLE "user_has_roles" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "user_id" INTEGER NOT NULL /* ref */,
  "role_id" INTEGER NOT NULL /* ref */,
  CONSTRAINT "fk_user_has_roles_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE,
  CONSTRAINT "fk_user_has_roles_role_id" FOREIGN KEY ("role_id") REFERENCES "roles" ("id") ON DELETE CASCADE
) STRICT;

CREATE UNIQUE INDEX "uq_user_roles" ON "user_has_roles" ("user_id", "role_id");

CREATE INDEX "ix_user_has_roles_role_id" ON "user_has_roles" ("role_id");

CREATE TABLE "token_families" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "family" TEXT NOT NULL CHECK (length("family") <= 32) /* varchar(32) */,
  "user_id" INTEGER NOT NULL /* ref */,
  "refresh_jti" TEXT NOT NULL CHECK (length("refresh_jti") <= 32) /* varchar(32) */,
  "expires_at" TEXT NOT NULL CHECK (length("expires_at") = 26) /* datetime */,
  "ended_at" TEXT NULL CHECK (length("ended_at") = 26) /* datetime */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  CONSTRAINT "fk_token_families_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
) STRICT;

CREATE UNIQUE INDEX "uq_token_families" ON "token_families" ("family");

CREATE INDEX "ix_token_families_user" ON "token_families" ("user_id", "expires_at");

CREATE INDEX "ix_token_families_expires" ON "token_families" ("expires_at");
