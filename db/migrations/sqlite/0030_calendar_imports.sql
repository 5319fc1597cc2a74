CREATE TABLE `calendar_imports` (
	`id` text PRIMARY KEY NOT NULL,
	`therapist_id` text NOT NULL,
	`sealed_address` text NOT NULL,
	`host` text NOT NULL,
	`etag` text,
	`read_at` integer,
	`expanded_at` integer,
	`problem` text,
	`busy` text NOT NULL,
	`next_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`therapist_id`) REFERENCES `therapists`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_imports_therapist` ON `calendar_imports` (`therapist_id`);--> statement-breakpoint
CREATE INDEX `calendar_imports_next` ON `calendar_imports` (`next_at`);--> statement-breakpoint
CREATE TABLE `external_times` (
	`id` text PRIMARY KEY NOT NULL,
	`import_id` text NOT NULL,
	`therapist_id` text NOT NULL,
	`start_at` integer NOT NULL,
	`end_at` integer NOT NULL,
	FOREIGN KEY (`import_id`) REFERENCES `calendar_imports`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`therapist_id`) REFERENCES `therapists`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "external_times_forward" CHECK("external_times"."start_at" < "external_times"."end_at")
);
--> statement-breakpoint
CREATE INDEX `external_times_therapist` ON `external_times` (`therapist_id`,`start_at`,`end_at`);