ALTER TABLE `follow_ups` ADD `held_until` integer;--> statement-breakpoint
ALTER TABLE `practices` ADD `follow_up_hold_days` integer DEFAULT 0 NOT NULL;