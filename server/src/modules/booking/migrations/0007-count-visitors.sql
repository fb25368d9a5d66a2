-- A visitor of the public page has a few appointments to come by one telephone: they are counted at each booking.
CREATE INDEX appointment_of_visitor ON booking.appointment (contact_phone) WHERE booked_by = 'visitor' AND state = 'booked';
