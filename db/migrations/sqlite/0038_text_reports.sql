ALTER TABLE `outbox` ADD `reported_at` integer;--> statement-breakpoint
ALTER TABLE `text_stops` ADD `is_final` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `text_stops` ADD `lifted_at` integer;