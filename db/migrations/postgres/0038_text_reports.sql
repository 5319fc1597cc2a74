ALTER TABLE "outbox" ADD COLUMN "reported_at" bigint;--> statement-breakpoint
ALTER TABLE "text_stops" ADD COLUMN "is_final" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "text_stops" ADD COLUMN "lifted_at" bigint;