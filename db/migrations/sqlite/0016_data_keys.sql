CREATE TABLE `data_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`generation` integer NOT NULL,
	`care_key_id` text NOT NULL,
	`wrapped` text NOT NULL,
	`created_at` integer NOT NULL,
	`retired_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `data_keys_generation` ON `data_keys` (`generation`,`care_key_id`);--> statement-breakpoint
ALTER TABLE `start_scores` ADD `sealed_score` text;--> statement-breakpoint
UPDATE `start_scores` SET `sealed_score` = cast(`score` as text);