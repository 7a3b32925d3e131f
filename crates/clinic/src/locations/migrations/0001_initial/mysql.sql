CREATE TABLE `countries` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `name` VARCHAR(255) NOT NULL,
  `name_fold` VARCHAR(255) NOT NULL,
  `phone_code` VARCHAR(10) NULL,
  `iso2` VARCHAR(2) NULL,
  `created_at` DATETIME(6) NOT NULL,
  `updated_at` DATETIME(6) NOT NULL,
  `deleted_at` DATETIME(6) NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_countries_iso2` (`iso2`),
  KEY `ix_countries_name` (`name_fold`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `regions` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `name` VARCHAR(255) NOT NULL,
  `name_fold` VARCHAR(255) NOT NULL,
  `ubigeo` VARCHAR(6) NULL,
  `country_id` BIGINT NOT NULL,
  `created_at` DATETIME(6) NOT NULL,
  `updated_at` DATETIME(6) NOT NULL,
  `deleted_at` DATETIME(6) NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_regions_ubigeo` (`ubigeo`),
  KEY `ix_regions_name` (`name_fold`),
  KEY `ix_regions_country_id` (`country_id`),
  CONSTRAINT `fk_regions_country_id` FOREIGN KEY (`country_id`) REFERENCES `countries` (`id`) ON DELETE NO ACTION
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `provinces` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `name` VARCHAR(255) NOT NULL,
  `name_fold` VARCHAR(255) NOT NULL,
  `ubigeo` VARCHAR(6) NULL,
  `region_id` BIGINT NOT NULL,
  `created_at` DATETIME(6) NOT NULL,
  `updated_at` DATETIME(6) NOT NULL,
  `deleted_at` DATETIME(6) NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_provinces_ubigeo` (`ubigeo`),
  KEY `ix_provinces_region` (`region_id`, `name_fold`),
  KEY `ix_provinces_name` (`name_fold`),
  CONSTRAINT `fk_provinces_region_id` FOREIGN KEY (`region_id`) REFERENCES `regions` (`id`) ON DELETE NO ACTION
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `districts` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `name` VARCHAR(255) NOT NULL,
  `name_fold` VARCHAR(255) NOT NULL,
  `ubigeo` VARCHAR(6) NULL,
  `province_id` BIGINT NOT NULL,
  `created_at` DATETIME(6) NOT NULL,
  `updated_at` DATETIME(6) NOT NULL,
  `deleted_at` DATETIME(6) NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_districts_ubigeo` (`ubigeo`),
  KEY `ix_districts_province` (`province_id`, `name_fold`),
  KEY `ix_districts_name` (`name_fold`),
  CONSTRAINT `fk_districts_province_id` FOREIGN KEY (`province_id`) REFERENCES `provinces` (`id`) ON DELETE NO ACTION
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
