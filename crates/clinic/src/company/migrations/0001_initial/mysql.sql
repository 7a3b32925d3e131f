CREATE TABLE `table_company_data` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `company_name` VARCHAR(266) NOT NULL,
  `company_name_fold` VARCHAR(266) NOT NULL,
  `company_logo` VARCHAR(100) NULL,
  `created_at` DATETIME(6) NOT NULL,
  `updated_at` DATETIME(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_company_name` (`company_name_fold`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
