CREATE TABLE "appointments" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "history_id" INTEGER NULL /* ref */,
  "patient_id" INTEGER NOT NULL /* ref */,
  "therapist_id" INTEGER NULL /* ref */,
  "appointment_date" TEXT NULL CHECK (length("appointment_date") = 26) /* datetime */,
  "hour" TEXT NULL CHECK (length("hour") = 15) /* time */,
  "ailments" TEXT NULL CHECK (length("ailments") <= 1000) /* varchar(1000) */,
  "diagnosis" TEXT NULL CHECK (length("diagnosis") <= 1000) /* varchar(1000) */,
  "surgeries" TEXT NULL CHECK (length("surgeries") <= 1000) /* varchar(1000) */,
  "reflexology_diagnostics" TEXT NULL CHECK (length("reflexology_diagnostics") <= 1000) /* varchar(1000) */,
  "medications" TEXT NULL CHECK (length("medications") <= 255) /* varchar(255) */,
  "observation" TEXT NULL CHECK (length("observation") <= 255) /* varchar(255) */,
  "initial_date" TEXT NULL CHECK (length("initial_date") = 10) /* date */,
  "final_date" TEXT NULL CHECK (length("final_date") = 10) /* date */,
  "appointment_type" TEXT NULL CHECK (length("appointment_type") <= 255) /* varchar(255) */,
  "room" INTEGER NULL CHECK ("room" BETWEEN -2147483648 AND 2147483647) /* int */,
  "social_benefit" INTEGER NOT NULL CHECK ("social_benefit" IN (0, 1)) /* bool */,
  "payment_detail" TEXT NULL CHECK (length("payment_detail") <= 255) /* varchar(255) */,
  "payment" INTEGER NULL CHECK ("payment" BETWEEN -99999999 AND 99999999 AND "payment" >= 0) /* decimal(8,2) */,
  "ticket_number" TEXT NULL CHECK (length("ticket_number") <= 20) /* varchar(20) */,
  "payment_type_id" INTEGER NULL /* ref */,
  "payment_status_id" INTEGER NULL /* ref */,
  "appointment_status" TEXT NOT NULL CHECK (length("appointment_status") <= 20 AND "appointment_status" IN ('PENDIENTE', 'ACTIVO', 'COMPLETADO', 'CANCELADO', 'NO_ASISTIO')) /* varchar(20) */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */,
  "deleted_at" TEXT NULL CHECK (length("deleted_at") = 26) /* datetime */,
  CONSTRAINT "fk_appointments_history_id" FOREIGN KEY ("history_id") REFERENCES "histories" ("id") ON DELETE NO ACTION,
  CONSTRAINT "fk_appointments_patient_id" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE NO ACTION,
  CONSTRAINT "fk_appointments_therapist_id" FOREIGN KEY ("therapist_id") REFERENCES "therapists" ("id") ON DELETE SET NULL,
  CONSTRAINT "fk_appointments_payment_type_id" FOREIGN KEY ("payment_type_id") REFERENCES "payment_types" ("id") ON DELETE SET NULL,
  CONSTRAINT "fk_appointments_payment_status_id" FOREIGN KEY ("payment_status_id") REFERENCES "payment_status" ("id") ON DELETE SET NULL
) STRICT;

CREATE INDEX "ix_appointments_date" ON "appointments" ("appointment_date", "hour");

CREATE INDEX "ix_appointments_patient" ON "appointments" ("patient_id", "appointment_date", "hour");

CREATE INDEX "ix_appointments_therapist" ON "appointments" ("therapist_id", "appointment_date", "hour");

CREATE INDEX "ix_appointments_room" ON "appointments" ("room", "appointment_date", "hour");

CREATE INDEX "ix_appointments_status" ON "appointments" ("appointment_status", "appointment_date", "hour");

CREATE INDEX "ix_appointments_type" ON "appointments" ("appointment_type", "appointment_date");

CREATE INDEX "ix_appointments_ticket" ON "appointments" ("ticket_number");

CREATE INDEX "ix_appointments_created" ON "appointments" ("created_at");

CREATE INDEX "ix_appointments_updated" ON "appointments" ("updated_at");

CREATE INDEX "ix_appointments_history_id" ON "appointments" ("history_id");

CREATE INDEX "ix_appointments_payment_type_id" ON "appointments" ("payment_type_id");

CREATE INDEX "ix_appointments_payment_status_id" ON "appointments" ("payment_status_id");

CREATE TABLE "appointments_words" (
  "word" TEXT NOT NULL CHECK (length("word") <= 40),
  "row_id" INTEGER NOT NULL,
  PRIMARY KEY ("word", "row_id"),
  CONSTRAINT "fk_appointments_words_row_id" FOREIGN KEY ("row_id") REFERENCES "appointments" ("id") ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX "ix_appointments_words_row_id" ON "appointments_words" ("row_id");

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

CREATE TABLE "tickets" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* id */,
  "appointment_id" INTEGER NOT NULL /* ref */,
  "ticket_number" TEXT NOT NULL CHECK (length("ticket_number") <= 50) /* varchar(50) */,
  "payment_date" TEXT NOT NULL CHECK (length("payment_date") = 26) /* datetime */,
  "amount" INTEGER NOT NULL CHECK ("amount" BETWEEN -9999999999 AND 9999999999 AND "amount" >= 0) /* decimal(10,2) */,
  "payment_method" TEXT NOT NULL CHECK (length("payment_method") <= 50) /* varchar(50) */,
  "description" TEXT NULL /* text */,
  "description_fold" TEXT NULL /* text */,
  "status" TEXT NOT NULL CHECK (length("status") <= 20 AND "status" IN ('pending', 'paid', 'cancelled', 'refunded')) /* varchar(20) */,
  "is_active" INTEGER NOT NULL CHECK ("is_active" IN (0, 1)) /* bool */,
  "created_at" TEXT NOT NULL CHECK (length("created_at") = 26) /* datetime */,
  "updated_at" TEXT NOT NULL CHECK (length("updated_at") = 26) /* datetime */,
  "deleted_at" TEXT NULL CHECK (length("deleted_at") = 26) /* datetime */,
  CONSTRAINT "fk_tickets_appointment_id" FOREIGN KEY ("appointment_id") REFERENCES "appointments" ("id") ON DELETE NO ACTION
) STRICT;

CREATE UNIQUE INDEX "uq_tickets_number" ON "tickets" ("ticket_number");

CREATE UNIQUE INDEX "uq_tickets_appointment" ON "tickets" ("appointment_id") WHERE "deleted_at" IS NULL;

CREATE INDEX "ix_tickets_appointment" ON "tickets" ("appointment_id");

CREATE INDEX "ix_tickets_payment_date" ON "tickets" ("payment_date");

CREATE INDEX "ix_tickets_status" ON "tickets" ("status", "payment_date");

CREATE INDEX "ix_tickets_method" ON "tickets" ("payment_method", "payment_date");

CREATE INDEX "ix_tickets_amount" ON "tickets" ("amount");

CREATE INDEX "ix_tickets_created" ON "tickets" ("created_at");

CREATE INDEX "ix_tickets_updated" ON "tickets" ("updated_at");

CREATE TABLE "ticket_series" (
  "series" TEXT NOT NULL CHECK (length("series") <= 20) /* varchar(20) */,
  "last_number" INTEGER NOT NULL /* ref */,
  PRIMARY KEY ("series")
) STRICT;
