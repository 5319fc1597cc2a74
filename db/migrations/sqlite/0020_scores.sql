CREATE TABLE `check_ins` (
	`id` text PRIMARY KEY NOT NULL,
	`series_id` text NOT NULL,
	`choice` text NOT NULL,
	`sessions` integer NOT NULL,
	`chosen_at` integer NOT NULL,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "check_ins_choice" CHECK("check_ins"."choice" in ('continue', 'change', 'space_out', 'pause', 'stop'))
);
--> statement-breakpoint
CREATE INDEX `check_ins_series` ON `check_ins` (`series_id`,`chosen_at`);--> statement-breakpoint
CREATE TABLE `score_asks` (
	`series_id` text NOT NULL,
	`kind` text NOT NULL,
	`slot` text NOT NULL,
	`asked_at` integer NOT NULL,
	PRIMARY KEY(`series_id`, `kind`, `slot`),
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "score_asks_kind" CHECK("score_asks"."kind" in ('before', 'session', 'after', 'check_in'))
);
--> statement-breakpoint
CREATE TABLE `score_goals` (
	`series_id` text PRIMARY KEY NOT NULL,
	`sealed_goal` text NOT NULL,
	`named_at` integer NOT NULL,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `score_stops` (
	`series_id` text PRIMARY KEY NOT NULL,
	`stopped_at` integer NOT NULL,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `scores` (
	`series_id` text NOT NULL,
	`kind` text NOT NULL,
	`slot` text NOT NULL,
	`noted_at` integer NOT NULL,
	`sealed_score` text NOT NULL,
	PRIMARY KEY(`series_id`, `kind`, `slot`),
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "scores_kind" CHECK("scores"."kind" in ('before', 'session', 'after'))
);
