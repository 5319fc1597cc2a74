CREATE TABLE `start_scores` (
	`series_id` text PRIMARY KEY NOT NULL,
	`score` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "start_scores_score" CHECK("start_scores"."score" between 0 and 10)
);
