-- A small clinic that worked with the Django program for a while.

INSERT INTO django_migrations (app, name, applied) VALUES
  ('contenttypes', '0001_initial', '2025-03-01 12:00:00.000000'),
  ('users_profiles', '0001_initial', '2025-03-01 12:00:01.000000'),
  ('patients_diagnoses', '0001_initial', '2025-03-01 12:00:02.000000');
INSERT INTO django_content_type (id, app_label, model) VALUES (1, 'users_profiles', 'user');
INSERT INTO auth_permission (id, name, content_type_id, codename) VALUES (1, 'Can add user', 1, 'add_user');
INSERT INTO auth_group (id, name) VALUES (1, 'recepcionista'), (2, 'Contabilidad');
INSERT INTO auth_group_permissions (group_id, permission_id) VALUES (1, 1);
INSERT INTO django_session VALUES ('s3ss10n', 'x', '2030-01-01 00:00:00.000000');

INSERT INTO countries (id, name, phone_code, ISO2, created_at, updated_at) VALUES
  (1, 'Perú', '51', 'PE', '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000'),
  (2, 'España', '34', 'ES', '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000'),
  (3, 'Atlántida', NULL, NULL, '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000');
INSERT INTO regions (id, name, country_id, created_at, updated_at) VALUES
  (15, 'LIMA', 1, '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000'),
  (2, 'ÁNCASH', 1, '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000');
INSERT INTO provinces (id, name, region_id, created_at, updated_at) VALUES
  (1501, 'LIMA', 15, '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000');
INSERT INTO districts (id, name, province_id, created_at, updated_at) VALUES
  (150101, 'LIMA', 1501, '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000'),
  (150103, 'ATE', 1501, '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000');

INSERT INTO document_types (id, name, created_at, updated_at, deleted_at) VALUES
  (1, 'DNI', '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000', NULL),
  (2, 'Carné de Extranjería', '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000', NULL),
  (3, 'Libreta Electoral', '2025-03-01 12:00:00.000000', '2025-04-01 12:00:00.000000', '2025-04-01 12:00:00.000000');
INSERT INTO payment_types (id, name, created_at, updated_at) VALUES
  (1, 'Efectivo', '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000'),
  (4, 'Depósito', '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000');
INSERT INTO payment_status (id, name, description) VALUES (1, 'Pagado', 'Pagó en caja'), (2, 'Pendiente', NULL);
INSERT INTO predetermined_prices (id, name, price, created_at, updated_at) VALUES
  (1, 'Consulta', 50.00, '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000'),
  (2, 'Consulta', 45.50, '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000');

-- The first three know the same password, s3creto-Clave, in a thousand rounds; the fourth has none.
INSERT INTO users (id, password, last_login, is_superuser, is_staff, is_active, date_joined, email, document_number, user_name, name, paternal_lastname, maternal_lastname, created_at, updated_at) VALUES
  (1, 'pbkdf2_sha256$1000$salt1234salt1234salt12$Sas91pz1VIkArjTH3sGYtZyoJluaadWB7cP+z/BkJ2Q=', '2025-09-07 14:34:31.685685', 1, 1, 1, '2025-03-01 12:00:00.000000', 'Direccion@clinica.example', '10203040', 'Dirección', 'Íñigo', 'Peña', 'Muñoz', '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000'),
  (2, 'pbkdf2_sha256$1000$salt1234salt1234salt12$Sas91pz1VIkArjTH3sGYtZyoJluaadWB7cP+z/BkJ2Q=', NULL, 0, 1, 1, '2025-03-02 12:00:00.000000', 'jefa@clinica.example', '20304050', 'jefa', 'Lucía', 'Ñaupari', '', '2025-03-02 12:00:00.000000', '2025-03-02 12:00:00.000000'),
  (5, 'pbkdf2_sha256$1000$salt1234salt1234salt12$Sas91pz1VIkArjTH3sGYtZyoJluaadWB7cP+z/BkJ2Q=', NULL, 0, 0, 1, '2025-03-03 12:00:00.000000', 'caja@clinica.example', '', 'caja', '', '', '', '2025-03-03 12:00:00.000000', '2025-03-03 12:00:00.000000'),
  (6, '!kQ0v8sVZ3m1y5w7e9r2t4u6i8o0p1a3s5d7f9g1h', NULL, 0, 0, 1, '2025-03-03 12:00:00.000000', 'nadie@clinica.example', '40506070', 'nadie', 'Nadie', '', '', '2025-03-03 12:00:00.000000', '2025-03-03 12:00:00.000000'),
  (7, 'pbkdf2_sha256$1000$salt1234salt1234salt12$Sas91pz1VIkArjTH3sGYtZyoJluaadWB7cP+z/BkJ2Q=', NULL, 0, 0, 0, '2025-03-03 12:00:00.000000', 'ido@clinica.example', '50607080', 'ido', 'Fue', '', '', '2025-03-03 12:00:00.000000', '2025-03-03 12:00:00.000000');
INSERT INTO users_groups (user_id, group_id) VALUES (5, 1), (6, 2);
INSERT INTO users_user_permissions (user_id, permission_id) VALUES (2, 1);
INSERT INTO django_admin_log (action_time, object_repr, action_flag, change_message, content_type_id, user_id) VALUES
  ('2025-03-02 12:00:00.000000', 'jefa', 1, '[]', 1, 1);
INSERT INTO users_verification_code (id, user_id, code, expires_at, failed_attempts, locked_until, created_at) VALUES
  (1, 5, '123456', '2025-05-01 12:15:00.000000', 1, NULL, '2025-05-01 12:00:00');
INSERT INTO permissions (id, name, detail, guard_name, created_at, updated_at) VALUES
  (1, 'ver-todo', NULL, 'web', '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000');
INSERT INTO roles (id, name, guard_name, created_at, updated_at) VALUES
  (1, 'Admin', 'web', '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000'),
  (2, 'Member', NULL, '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000'),
  (9, 'supervisor', 'web', '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000');
INSERT INTO role_has_permissions (id, permission_id, role_id) VALUES (1, 1, 1), (2, 1, 9);

INSERT INTO therapists (id, document_type_id, document_number, last_name_paternal, last_name_maternal, first_name, birth_date, gender, is_active, phone, email, region_id, province_id, district_id, profile_picture, created_at, updated_at, deleted_at) VALUES
  (1, 1, '41414141', 'Núñez', 'Ávila', 'Sofía', '1980-05-17 00:00:00.000000', 'F', 1, '987654321', 'sofia@clinica.example', 15, 1501, 150101, 'therapists/sofia.jpg', '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000', NULL),
  (2, 2, '000123456', 'Müller', 'Groß', 'Jürgen', NULL, 'M', 0, NULL, '', 15, 1501, 150103, NULL, '2025-03-01 12:00:00.000000', '2025-06-01 12:00:00.000000', '2025-06-01 12:00:00.000000');

INSERT INTO patients (id, document_number, last_name_paternal, last_name_maternal, name, personal_reference, birth_date, gender, phone1, phone2, email, ocupation, health_condition, address, region_id, province_id, district_id, document_type_id, created_at, updated_at, deleted_at) VALUES
  (1, '12345678', 'Pérez', 'Güell', 'María José', 'vecina de Rosa', '1990-02-28 00:00:00.000000', 'F', '987 654 321', NULL, 'maria@correo.example', 'enfermera', 'hipertensión', 'Jr. Unión 123', 15, 1501, 150101, 1, '2025-03-05 15:00:00.123456', '2025-03-05 15:00:00.123456', NULL),
  (2, '87654321', NULL, NULL, 'Ñusta 🌱', NULL, NULL, NULL, NULL, NULL, '', '', '', NULL, 15, 1501, 150103, 1, '2025-03-06 15:00:00.000000', '2025-03-06 15:00:00.000000', NULL),
  (3, '11112222', 'ÁLVAREZ', '', 'Óscar', NULL, '1955-12-31 00:00:00.000000', 'm', '', '', 'maria@correo.example', 'jubilado', 'ninguna', '', 15, 1501, 150103, 2, '2025-03-07 15:00:00.000000', '2025-04-07 15:00:00.000000', '2025-04-07 15:00:00.000000');
-- Enough of them that they are not copied at once.
INSERT INTO patients (document_number, last_name_paternal, name, email, ocupation, health_condition, region_id, province_id, district_id, document_type_id, created_at, updated_at)
  SELECT CONCAT('9', LPAD(a.d * 1000 + b.d * 100 + c.d * 10 + e.d, 7, '0')), 'Quispe', CONCAT('Paciente ', a.d * 1000 + b.d * 100 + c.d * 10 + e.d), '', '', '', 15, 1501, 150101, 1, '2025-05-01 12:00:00.000000', '2025-05-01 12:00:00.000000'
  FROM (SELECT 0 d UNION SELECT 1) a
  JOIN (SELECT 0 d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) b
  JOIN (SELECT 0 d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) c
  JOIN (SELECT 0 d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) e
  WHERE a.d * 1000 + b.d * 100 + c.d * 10 + e.d < 1500;
INSERT INTO diagnoses (id, code, name, created_at, updated_at, deleted_at) VALUES
  (1, 'M54.5', 'Lumbago', '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000', NULL),
  (2, 'g43', 'Jaqueca', '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000', '2025-03-02 12:00:00.000000');
INSERT INTO medical_records (id, patient_id, diagnose_id, diagnosis_date, symptoms, treatment, notes, status, created_at, updated_at, deleted_at) VALUES
  (1, 1, 1, '2025-03-10', 'dolor', NULL, '', 'active', '2025-03-10 15:00:00.000000', '2025-03-10 15:00:00.000000', NULL),
  (2, 3, 2, '2025-03-11', NULL, NULL, NULL, 'Resuelto', '2025-03-11 15:00:00.000000', '2025-03-11 15:00:00.000000', '2025-03-12 15:00:00.000000');
INSERT INTO histories (id, patient_id, testimony, private_observation, observation, height, weight, last_weight, menstruation, diu_type, gestation, created_at, updated_at, deleted_at) VALUES
  (1, 1, 1, 'privado', NULL, 1.625, 58.500, 60.000, 1, 'T de cobre', 0, '2025-03-05 15:00:00.000000', '2025-03-05 15:00:00.000000', NULL),
  (2, 1, 0, NULL, NULL, NULL, NULL, NULL, 0, NULL, 0, '2025-03-04 15:00:00.000000', '2025-03-04 15:00:00.000000', '2025-03-05 14:00:00.000000');

INSERT INTO appointments (id, history_id, patient_id, therapist_id, appointment_date, hour, ailments, observation, initial_date, final_date, appointment_type, room, social_benefit, payment, ticket_number, payment_type_id, payment_status_id, appointment_status, created_at, updated_at, deleted_at) VALUES
  (1, 1, 1, 1, '2025-09-10 00:00:00.000000', '14:38:00.000000', 'lumbalgia crónica', 'vuelve en 15 días', '2025-09-10', '2025-10-10', 'C', 3, 1, 50.00, 'TKT-001', 1, 1, 'COMPLETADO', '2025-09-01 15:00:00.000000', '2025-09-10 20:00:00.000000', NULL),
  (2, NULL, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, 'PENDIENTE', '2025-09-02 15:00:00.000000', '2025-09-02 15:00:00.000000', NULL),
  (3, NULL, 1, 2, '2025-09-11 00:00:00.000000', '08:00:00.500000', NULL, NULL, NULL, NULL, 'CC', NULL, 1, 0.00, 'TKT-1041', 4, 2, 'CANCELADO', '2025-09-03 15:00:00.000000', '2025-09-03 15:00:00.000000', NULL),
  (4, NULL, 3, 1, '2025-09-12 00:00:00.000000', '09:00:00.000000', NULL, NULL, NULL, NULL, NULL, 1, 1, 120.50, 'TKT-002', NULL, NULL, 'ACTIVO', '2025-09-04 15:00:00.000000', '2025-09-05 15:00:00.000000', '2025-09-05 15:00:00.000000');
INSERT INTO appointment_statuses (id, name, description, created_at, updated_at, deleted_at) VALUES
  (1, 'Reprogramado', 'a pedido', '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000', NULL);
INSERT INTO tickets (id, appointment_id, ticket_number, payment_date, amount, payment_method, description, status, is_active, created_at, updated_at, deleted_at) VALUES
  (1, 1, 'TKT-001', '2025-09-10 20:00:00.000000', 50.00, 'Efectivo', 'Ticket generado, cita #1', 'paid', 1, '2025-09-01 15:00:00.000000', '2025-09-10 20:00:00.000000', NULL),
  (2, 4, 'TKT-002', '2025-09-04 15:00:00.000000', 120.50, 'efectivo', NULL, 'pending', 0, '2025-09-04 15:00:00.000000', '2025-09-05 15:00:00.000000', '2025-09-05 15:00:00.000000'),
  (3, 3, 'TKT-1041', '2025-09-03 15:00:00.000000', 0.00, 'Yape', '', 'cancelled', 1, '2025-09-03 15:00:00.000000', '2025-09-03 15:00:00.000000', NULL),
  (4, 3, 'TICKET-20250310120000-A1B2C3D4', '2025-03-10 15:00:00.000000', 30.00, 'tarjeta', NULL, 'refunded', 0, '2025-03-10 15:00:00.000000', '2025-03-10 15:00:00.000000', '2025-03-11 15:00:00.000000');
-- Numbers of rows that are gone for good.
ALTER TABLE appointments AUTO_INCREMENT = 900;
INSERT INTO table_company_data (id, company_name, company_logo, created_at, updated_at) VALUES
  (1, 'Reflexoterapia «La Salud»', 'company_logos/logo.png', '2025-03-01 12:00:00.000000', '2025-03-01 12:00:00.000000');
