CREATE TABLE `history` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `at` DATETIME(6) NOT NULL,
  `actor_id` BIGINT NULL,
  `origin` VARCHAR(64) NOT NULL,
  `action` VARCHAR(20) NOT NULL,
  `table_name` VARCHAR(64) NOT NULL,
  `row_id` BIGINT NOT NULL,
  `changes` LONGTEXT NULL,
  PRIMARY KEY (`id`),
  KEY `ix_history_row` (`table_name`, `row_id`),
  KEY `ix_history_at` (`at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `row_counts` (
  `table_name` VARCHAR(64) NOT NULL,
  `shard` INT NOT NULL,
  `live` INT NOT NULL,
  PRIMARY KEY (`table_name`, `shard`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `versions` (
  `name` VARCHAR(64) NOT NULL,
  `value` INT NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `sessions` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `token_hash` VARCHAR(64) NOT NULL,
  `csrf_token` VARCHAR(64) NOT NULL,
  `user_id` BIGINT NOT NULL,
  `epoch` INT NOT NULL,
  `created_at` DATETIME(6) NOT NULL,
  `expires_at` DATETIME(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_sessions_token` (`token_hash`),
  KEY `ix_sessions_user` (`user_id`),
  KEY `ix_sessions_expires` (`expires_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
