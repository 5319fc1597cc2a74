ALTER TABLE `series` ADD `pair_id` text;--> statement-breakpoint
CREATE INDEX `series_pair` ON `series` (`pair_id`) WHERE "series"."pair_id" is not null;