CREATE TABLE `follow_up_stops` (
	`client_id` text PRIMARY KEY NOT NULL,
	`stopped_at` integer NOT NULL,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `follow_ups` (
	`appointment_id` text PRIMARY KEY NOT NULL,
	`about` text NOT NULL,
	`outbox_id` text NOT NULL,
	`written_at` integer NOT NULL,
	FOREIGN KEY (`appointment_id`) REFERENCES `appointments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`outbox_id`) REFERENCES `outbox`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "follow_ups_about" CHECK("follow_ups"."about" in ('again', 'missed'))
);
--> statement-breakpoint
ALTER TABLE `practices` ADD `follow_up_again_since` integer DEFAULT 0;--> statement-breakpoint
ALTER TABLE `practices` ADD `follow_up_missed_since` integer;--> statement-breakpoint
-- A practice that runs already is asked of no plan that ended before it had the setting.
UPDATE `practices` SET `follow_up_again_since` = unixepoch() * 1000;