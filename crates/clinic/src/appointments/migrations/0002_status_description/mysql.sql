ALTER TABLE `appointment_statuses` ADD COLUMN `description_fold` LONGTEXT NULL;

-- manage: fold appointment_statuses description;
