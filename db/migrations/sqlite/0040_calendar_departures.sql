CREATE TABLE `calendar_departures` (
	`appointment_id` text NOT NULL,
	`resource_id` text NOT NULL,
	`start_at` integer NOT NULL,
	`end_at` integer NOT NULL,
	`sequence` integer NOT NULL,
	`left_at` integer NOT NULL,
	PRIMARY KEY(`appointment_id`, `resource_id`),
	FOREIGN KEY (`appointment_id`) REFERENCES `appointments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `calendar_departures_resource` ON `calendar_departures` (`resource_id`,`left_at`);--> statement-breakpoint
CREATE INDEX `calendar_departures_left` ON `calendar_departures` (`left_at`);