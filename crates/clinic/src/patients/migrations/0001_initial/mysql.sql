CREATE TABLE `patients` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `document_number` VARCHAR(20) NOT NULL,
  `last_name_paternal` VARCHAR(150) NULL,
  `last_name_paternal_fold` VARCHAR(150) NULL,
  `last_name_maternal` VARCHAR(150) NULL,
  `last_name_maternal_fold` VARCHAR(150) NULL,
  `name` VARCHAR(150) NOT NULL,
  `name_fold` VARCHAR(150) NOT NULL,
  `personal_reference` VARCHAR(255) NULL,
  `birth_date` DATETIME(6) NULL,
  `gender` VARCHAR(50) NULL,
  `phone1` VARCHAR(20) NULL,
  `phone2` VARCHAR(20) NULL,
  `email` VARCHAR(254) NULL,
  `email_fold` VARCHAR(254) NULL,
  `ocupation` VARCHAR(100) NULL,
  `health_condition` LONGTEXT NULL,
  `address` LONGTEXT NULL,
  `region_id` BIGINT NULL,
  `province_id` BIGINT NULL,
  `district_id` BIGINT NULL,
  `document_type_id` BIGINT NULL,
  `document_type_key` BIGINT NOT NULL,
  `created_at` DATETIME(6) NOT NULL,
  `updated_at` DATETIME(6) NOT NULL,
  `deleted_at` DATETIME(6) NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_patients_document` (`document_number`, `document_type_key`),
  KEY `ix_patients_full_name` (`last_name_paternal_fold`, `last_name_maternal_fold`, `name_fold`),
  KEY `ix_patients_email` (`email_fold`),
  KEY `ix_patients_created` (`created_at`),
  KEY `ix_patients_region_id` (`region_id`),
  KEY `ix_patients_province_id` (`province_id`),
  KEY `ix_patients_district_id` (`district_id`),
  KEY `ix_patients_document_type_id` (`document_type_id`),
  CONSTRAINT `fk_patients_region_id` FOREIGN KEY (`region_id`) REFERENCES `regions` (`id`) ON DELETE NO ACTION,
  CONSTRAINT `fk_patients_province_id` FOREIGN KEY (`province_id`) REFERENCES `provinces` (`id`) ON DELETE NO ACTION,
  CONSTRAINT `fk_patients_district_id` FOREIGN KEY (`district_id`) REFERENCES `districts` (`id`) ON DELETE NO ACTION,
  CONSTRAINT `fk_patients_document_type_id` FOREIGN KEY (`document_type_id`) REFERENCES `document_types` (`id`) ON DELETE NO ACTION
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `patients_words` (
  `word` VARCHAR(40) NOT NULL,
  `row_id` BIGINT NOT NULL,
  PRIMARY KEY (`word`, `row_id`),
  KEY `ix_patients_words_row_id` (`row_id`),
  CONSTRAINT `fk_patients_words_row_id` FOREIGN KEY (`row_id`) REFERENCES `patients` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `diagnoses` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `code` VARCHAR(255) NOT NULL,
  `code_fold` VARCHAR(255) NOT NULL,
  `name` VARCHAR(255) NOT NULL,
  `name_fold` VARCHAR(255) NOT NULL,
  `created_at` DATETIME(6) NOT NULL,
  `updated_at` DATETIME(6) NOT NULL,
  `deleted_at` DATETIME(6) NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_diagnoses_code` (`code_fold`),
  KEY `ix_diagnoses_name` (`name_fold`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `diagnoses_words` (
  `word` VARCHAR(40) NOT NULL,
  `row_id` BIGINT NOT NULL,
  PRIMARY KEY (`word`, `row_id`),
  KEY `ix_diagnoses_words_row_id` (`row_id`),
  CONSTRAINT `fk_diagnoses_words_row_id` FOREIGN KEY (`row_id`) REFERENCES `diagnoses` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `medical_records` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `patient_id` BIGINT NOT NULL,
  `diagnose_id` BIGINT NOT NULL,
  `diagnosis_date` DATE NOT NULL,
  `symptoms` LONGTEXT NULL,
  `treatment` LONGTEXT NULL,
  `notes` LONGTEXT NULL,
  `status` VARCHAR(20) NOT NULL,
  `created_at` DATETIME(6) NOT NULL,
  `updated_at` DATETIME(6) NOT NULL,
  `deleted_at` DATETIME(6) NULL,
  `is_live` TINYINT(1) AS (IF(`deleted_at` IS NULL, 1, NULL)) VIRTUAL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_medical_records_day` (`patient_id`, `diagnose_id`, `diagnosis_date`, `is_live`),
  KEY `ix_medical_records_patient` (`patient_id`, `diagnosis_date`),
  KEY `ix_medical_records_diagnose` (`diagnose_id`),
  KEY `ix_medical_records_date` (`diagnosis_date`, `created_at`),
  KEY `ix_medical_records_status` (`status`),
  CONSTRAINT `fk_medical_records_patient_id` FOREIGN KEY (`patient_id`) REFERENCES `patients` (`id`) ON DELETE NO ACTION,
  CONSTRAINT `fk_medical_records_diagnose_id` FOREIGN KEY (`diagnose_id`) REFERENCES `diagnoses` (`id`) ON DELETE NO ACTION
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
