CREATE TABLE "medical_records_words" (
  "word" TEXT NOT NULL CHECK (length("word") <= 40),
  "row_id" INTEGER NOT NULL,
  PRIMARY KEY ("word", "row_id"),
  CONSTRAINT "fk_medical_records_words_row_id" FOREIGN KEY ("row_id") REFERENCES "medical_records" ("id") ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX "ix_medical_records_words_row_id" ON "medical_records_words" ("row_id");

-- manage: words medical_records live symptoms treatment;
