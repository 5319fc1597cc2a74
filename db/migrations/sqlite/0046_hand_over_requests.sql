CREATE TABLE `hand_over_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`series_id` text NOT NULL,
	`from_therapist_id` text NOT NULL,
	`to_therapist_id` text NOT NULL,
	`dates` text NOT NULL,
	`reason` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` integer NOT NULL,
	`answer_by` integer NOT NULL,
	`answer` text,
	`answered_at` integer,
	`stayed` text NOT NULL,
	`settled_at` integer,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`from_therapist_id`) REFERENCES `therapists`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`to_therapist_id`) REFERENCES `therapists`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "hand_over_requests_answer" CHECK(("hand_over_requests"."answered_at" is null) = ("hand_over_requests"."answer" is null) and ("hand_over_requests"."answer" is null or "hand_over_requests"."answer" in ('yes', 'no'))),
	CONSTRAINT "hand_over_requests_other" CHECK("hand_over_requests"."from_therapist_id" <> "hand_over_requests"."to_therapist_id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `hand_over_requests_series` ON `hand_over_requests` (`series_id`);--> statement-breakpoint
CREATE INDEX `hand_over_requests_open` ON `hand_over_requests` (`settled_at`,`answer_by`);