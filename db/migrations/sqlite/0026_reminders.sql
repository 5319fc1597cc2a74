CREATE TABLE `attendances` (
	`appointment_id` text NOT NULL,
	`start_at` integer NOT NULL,
	`confirmed_at` integer NOT NULL,
	PRIMARY KEY(`appointment_id`, `start_at`),
	FOREIGN KEY (`appointment_id`) REFERENCES `appointments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `reminder_choices` (
	`series_id` text PRIMARY KEY NOT NULL,
	`mode` text NOT NULL,
	`skipped` text NOT NULL,
	`chosen_at` integer NOT NULL,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "reminder_choices_mode" CHECK("reminder_choices"."mode" in ('each', 'weekly', 'none'))
);
--> statement-breakpoint
CREATE TABLE `reminder_rules` (
	`id` text PRIMARY KEY NOT NULL,
	`service_id` text,
	`steps` text,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`service_id`) REFERENCES `services`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `reminders` (
	`appointment_id` text NOT NULL,
	`start_at` integer NOT NULL,
	`channel` text NOT NULL,
	`step_minutes` integer NOT NULL,
	`outbox_id` text NOT NULL,
	`written_at` integer NOT NULL,
	PRIMARY KEY(`appointment_id`, `start_at`, `channel`, `step_minutes`),
	FOREIGN KEY (`appointment_id`) REFERENCES `appointments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`outbox_id`) REFERENCES `outbox`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "reminders_channel" CHECK("reminders"."channel" in ('email', 'text'))
);
--> statement-breakpoint
CREATE INDEX `reminders_outbox` ON `reminders` (`outbox_id`);--> statement-breakpoint
ALTER TABLE `appointments` ADD `moved_at` integer;