CREATE TABLE `pictures` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`bytes` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `practices` ADD `colour` text DEFAULT 'green' NOT NULL;--> statement-breakpoint
ALTER TABLE `practices` ADD `mark_id` text REFERENCES pictures(id);--> statement-breakpoint
ALTER TABLE `practices` ADD `names_software` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `therapists` ADD `portrait_id` text REFERENCES pictures(id);