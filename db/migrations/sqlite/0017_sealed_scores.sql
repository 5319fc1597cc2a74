PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_start_scores` (
	`series_id` text PRIMARY KEY NOT NULL,
	`sealed_score` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_start_scores`("series_id", "sealed_score", "created_at") SELECT "series_id", "sealed_score", "created_at" FROM `start_scores`;--> statement-breakpoint
DROP TABLE `start_scores`;--> statement-breakpoint
ALTER TABLE `__new_start_scores` RENAME TO `start_scores`;--> statement-breakpoint
PRAGMA foreign_keys=ON;