ALTER TABLE "follow_ups" ADD COLUMN "held_until" bigint;--> statement-breakpoint
ALTER TABLE "practices" ADD COLUMN "follow_up_hold_days" integer DEFAULT 0 NOT NULL;