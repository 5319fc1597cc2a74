CREATE TABLE `client_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`series_id` text NOT NULL,
	`sealed_words` text NOT NULL,
	`sent_at` integer NOT NULL,
	`answered_at` integer,
	`answered_by` text,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "client_messages_answered_by" CHECK(("client_messages"."answered_at" is null) = ("client_messages"."answered_by" is null))
);
--> statement-breakpoint
CREATE INDEX `client_messages_series` ON `client_messages` (`series_id`,`sent_at`);--> statement-breakpoint
CREATE INDEX `client_messages_answered` ON `client_messages` (`answered_at`);