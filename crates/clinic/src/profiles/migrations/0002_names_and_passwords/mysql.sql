ALTER TABLE `users` ADD COLUMN `name_fold` VARCHAR(100) NULL;

-- manage: fold users name;

ALTER TABLE `users` MODIFY COLUMN `name_fold` VARCHAR(100) NOT NULL;

ALTER TABLE `users` ADD COLUMN `paternal_lastname_fold` VARCHAR(100) NULL;

-- manage: fold users paternal_lastname;

ALTER TABLE `users` MODIFY COLUMN `paternal_lastname_fold` VARCHAR(100) NOT NULL;

ALTER TABLE `users` ADD COLUMN `maternal_lastname_fold` VARCHAR(100) NULL;

-- manage: fold users maternal_lastname;

ALTER TABLE `users` MODIFY COLUMN `maternal_lastname_fold` VARCHAR(100) NOT NULL;

ALTER TABLE `users` ADD COLUMN `password_changed_at` DATETIME(6) NULL;
