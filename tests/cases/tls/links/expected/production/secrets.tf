# environments/production.yaml: encrypt_links
resource "tls_private_key" "links_ca" {
  algorithm   = "ECDSA"
  ecdsa_curve = "P256"
}

# Clients accept only servers with a certificate of this CA.
resource "tls_self_signed_cert" "links_ca" {
  private_key_pem      = tls_private_key.links_ca.private_key_pem
  is_ca_certificate    = true
  set_subject_key_id   = true
  set_authority_key_id = true
  allowed_uses         = ["cert_signing", "crl_signing"]

  # Ten years: a new certificate is new user data, which replaces instances.
  validity_period_hours = 87600
  early_renewal_hours   = 0

  subject {
    common_name = "links of parcel"
  }
}
