CREATE TABLE `day_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`note_on` text NOT NULL,
	`therapist_id` text,
	`words` text NOT NULL,
	`version` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`therapist_id`) REFERENCES `therapists`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `day_notes_day` ON `day_notes` (`note_on`);--> statement-breakpoint
CREATE TABLE `repeating_breaks` (
	`id` text PRIMARY KEY NOT NULL,
	`therapist_id` text NOT NULL,
	`name` text NOT NULL,
	`weekdays` integer NOT NULL,
	`from_time` text NOT NULL,
	`until_time` text NOT NULL,
	`time_zone` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_until` text,
	FOREIGN KEY (`therapist_id`) REFERENCES `therapists`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "repeating_breaks_weekdays" CHECK("repeating_breaks"."weekdays" between 1 and 127),
	CONSTRAINT "repeating_breaks_forward" CHECK("repeating_breaks"."from_time" < "repeating_breaks"."until_time"),
	CONSTRAINT "repeating_breaks_days" CHECK("repeating_breaks"."valid_until" is null or "repeating_breaks"."valid_from" <= "repeating_breaks"."valid_until")
);
--> statement-breakpoint
CREATE INDEX `repeating_breaks_therapist` ON `repeating_breaks` (`therapist_id`);