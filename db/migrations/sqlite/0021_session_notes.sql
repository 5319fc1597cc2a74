CREATE TABLE `note_amendments` (
	`id` text PRIMARY KEY NOT NULL,
	`appointment_id` text NOT NULL,
	`amended_at` integer NOT NULL,
	`actor` text NOT NULL,
	`sealed_amendment` text NOT NULL,
	FOREIGN KEY (`appointment_id`) REFERENCES `session_notes`(`appointment_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `note_amendments_note` ON `note_amendments` (`appointment_id`,`amended_at`);--> statement-breakpoint
CREATE TABLE `note_phrases` (
	`id` text PRIMARY KEY NOT NULL,
	`therapist_id` text NOT NULL,
	`field` text NOT NULL,
	`sealed_phrase` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`therapist_id`) REFERENCES `therapists`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `note_phrases_therapist` ON `note_phrases` (`therapist_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `note_readings` (
	`id` text PRIMARY KEY NOT NULL,
	`appointment_id` text NOT NULL,
	`read_at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`appointment_id`) REFERENCES `session_notes`(`appointment_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `note_readings_note` ON `note_readings` (`appointment_id`,`read_at`);--> statement-breakpoint
CREATE TABLE `session_notes` (
	`appointment_id` text PRIMARY KEY NOT NULL,
	`sealed_content` text NOT NULL,
	`version` integer NOT NULL,
	`editor` text NOT NULL,
	`edit` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`signed_at` integer,
	`signed_by` text,
	FOREIGN KEY (`appointment_id`) REFERENCES `appointments`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "session_notes_signed" CHECK(("session_notes"."signed_at" is null) = ("session_notes"."signed_by" is null))
);
