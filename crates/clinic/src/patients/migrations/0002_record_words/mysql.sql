CREATE TABLE `medical_records_words` (
  `word` VARCHAR(40) NOT NULL,
  `row_id` BIGINT NOT NULL,
  PRIMARY KEY (`word`, `row_id`),
  KEY `ix_medical_records_words_row_id` (`row_id`),
  CONSTRAINT `fk_medical_records_words_row_id` FOREIGN KEY (`row_id`) REFERENCES `medical_records` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- manage: words medical_records live symptoms treatment;
