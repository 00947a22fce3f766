package parcels
