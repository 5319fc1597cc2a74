CREATE TABLE `calendar_feeds` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`therapist_id` text,
	`room_id` text,
	`series_id` text,
	`user_id` text,
	`detail` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`therapist_id`) REFERENCES `therapists`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`room_id`) REFERENCES `rooms`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "calendar_feeds_detail" CHECK("calendar_feeds"."detail" in ('busy', 'massage', 'names')),
	CONSTRAINT "calendar_feeds_owner" CHECK((case when "calendar_feeds"."therapist_id" is null then 0 else 1 end) + (case when "calendar_feeds"."room_id" is null then 0 else 1 end) + (case when "calendar_feeds"."series_id" is null then 0 else 1 end) + (case when "calendar_feeds"."user_id" is null then 0 else 1 end) = 1)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feeds_token` ON `calendar_feeds` (`token_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feeds_therapist` ON `calendar_feeds` (`therapist_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feeds_room` ON `calendar_feeds` (`room_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feeds_series` ON `calendar_feeds` (`series_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feeds_user` ON `calendar_feeds` (`user_id`);