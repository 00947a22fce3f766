# camp.yaml: shop, Scale
variable "shop_count" {
  description = "Number of instances of the tier shop."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.shop_count >= 1 && var.shop_count <= 2 && floor(var.shop_count) == var.shop_count
    error_message = "The plan allows 1 to 2 instances for the tier shop (camp.yaml: shop, Scale)."
  }
}

# Neither the plan nor the environment file names a key pair.
variable "key_pair" {
  description = "Name of the key pair for SSH. Without one, you cannot log in to instances."
  type        = string
  default     = null
}

# environments/files.yaml: certificates
variable "https_certificate_office" {
  description = "Certificate of office, in PEM form, with the intermediate certificates after it."
  type        = string
  sensitive   = true
  nullable    = false

  validation {
    condition     = can(regex("^\\s*-----BEGIN CERTIFICATE-----", var.https_certificate_office))
    error_message = "https_certificate_office must be a certificate in PEM form."
  }
}

# environments/files.yaml: certificates
variable "https_key_office" {
  description = "Private key for the certificate of office, in PEM form, without a passphrase."
  type        = string
  sensitive   = true
  nullable    = false

  validation {
    condition     = can(regex("-----BEGIN (EC |RSA )?(PRIVATE )?KEY-----", var.https_key_office))
    error_message = "https_key_office must be a private key in PEM form, without a passphrase."
  }
}

# environments/files.yaml: certificates
variable "https_certificate_shop" {
  description = "Certificate of shop, in PEM form, with the intermediate certificates after it."
  type        = string
  sensitive   = true
  nullable    = false

  validation {
    condition     = can(regex("^\\s*-----BEGIN CERTIFICATE-----", var.https_certificate_shop))
    error_message = "https_certificate_shop must be a certificate in PEM form."
  }
}

# environments/files.yaml: certificates
variable "https_key_shop" {
  description = "Private key for the certificate of shop, in PEM form, without a passphrase."
  type        = string
  sensitive   = true
  nullable    = false

  validation {
    condition     = can(regex("-----BEGIN (EC |RSA )?(PRIVATE )?KEY-----", var.https_key_shop))
    error_message = "https_key_shop must be a private key in PEM form, without a passphrase."
  }
}
