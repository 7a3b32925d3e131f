CREATE TABLE "history" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "at" TEXT NOT NULL CHECK (length("at") = 26) /* datetime */,
  "actor_id" INTEGER NULL /* ref */,
  "origin" TEXT NOT NULL CHECK (length("origin") <= 64) /* varchar(64) */,
  "action" TEXT NOT NULL CHECK (length("action") <= 20) /* varchar(20) */,
  "table_name" TEXT NOT NULL CHECK (length("table_name") <= 64) /* varchar(64) */,
  "row_id" INTEGER NOT NULL /* ref */,
  "changes" TEXT NULL /* text */
) STRICT;

CREATE INDEX "ix_history_row" ON "history" ("table_name", "row_id");

CREATE INDEX "ix_history_at" ON "history" ("at");

CREATE TABLE "row_counts" (
  "table_name" TEXT NOT NULL CHECK (length("table_name") <= 64) /* varchar(64) */,
  "shard" INTEGER NOT NULL CHECK ("shard" BETWEEN -2147483648 AND 2147483647) /* int */,
  "live" INTEGER NOT NULL CHECK ("live" BETWEEN -2147483648 AND 2147483647) /* int */,
  PRIMARY KEY ("table_name", "shard")
) STRICT;

CREATE TABLE "versions" (
  "name" TEXT NOT NULL CHECK (length("name") <= 64) /* varchar(64) */,
  "value" INTEGER NOT NULL CHECK ("value" BETWEEN -2147483648 AND 2147483647) /* int */,
  PRIMARY KEY ("name")
) STRICT;

CREATE TABLE "sessions" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "token_hash" TEXT NOT NULL CHECK (length("token_hash") <= 64) /* varchar(64) */,
  "csrf_token" TEXT NOT NULL CHECK (length("csrf_token") <= 64) /* varchar(64) */,
  "user_id" INTEGER NOT NULL /* ref */,
  "epoch" INTEGER NOT NULL CHECK ("epoch" BETWEEN -2147483648 AND 2147483647) /* int */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "expires_at" TEXT NOT NULL CHECK (length("expires_at") = 26) /* datetime */
) STRICT;

CREATE UNIQUE INDEX "uq_sessions_token" ON "sessions" ("token_hash");

CREATE INDEX "ix_sessions_user" ON "sessions" ("user_id");

CREATE INDEX "ix_sessions_expires" ON "sessions" ("expires_at");
